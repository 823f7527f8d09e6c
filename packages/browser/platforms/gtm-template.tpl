___INFO___

{
  "type": "TAG",
  "id": "cvt_temp_public_id",
  "version": 1,
  "securityGroups": [],
  "displayName": "Jejak",
  "categories": [
    "ANALYTICS",
    "ATTRIBUTION"
  ],
  "brand": {
    "id": "brand_dummy",
    "displayName": "Jejak"
  },
  "description": "Loads Jejak's tracker from your own site, or tells it of an event. It can follow Google's consent mode.",
  "containerContexts": [
    "WEB"
  ]
}


___TEMPLATE_PARAMETERS___

[
  {
    "type": "RADIO",
    "name": "action",
    "displayName": "What this tag does",
    "radioItems": [
      {
        "value": "load",
        "displayValue": "Load the tracker (once, on all pages)"
      },
      {
        "value": "track",
        "displayValue": "Tell of an event"
      }
    ],
    "simpleValueType": true,
    "defaultValue": "load"
  },
  {
    "type": "TEXT",
    "name": "scriptUrl",
    "displayName": "Address of jejak.js",
    "simpleValueType": true,
    "valueHint": "https://shop.example/jejak.js",
    "valueValidators": [
      {
        "type": "NON_EMPTY"
      },
      {
        "type": "REGEX",
        "args": [
          "^https://.+"
        ],
        "errorMessage": "A whole address that begins with https://"
      }
    ],
    "enablingConditions": [
      {
        "paramName": "action",
        "paramValue": "load",
        "type": "EQUALS"
      }
    ]
  },
  {
    "type": "TEXT",
    "name": "endpoint",
    "displayName": "Address of the collector",
    "simpleValueType": true,
    "valueHint": "https://shop.example/e",
    "help": "Empty: /e where jejak.js is.",
    "enablingConditions": [
      {
        "paramName": "action",
        "paramValue": "load",
        "type": "EQUALS"
      }
    ]
  },
  {
    "type": "TEXT",
    "name": "writeKey",
    "displayName": "Write key",
    "simpleValueType": true,
    "help": "Only for a collector that asks for one.",
    "enablingConditions": [
      {
        "paramName": "action",
        "paramValue": "load",
        "type": "EQUALS"
      }
    ]
  },
  {
    "type": "CHECKBOX",
    "name": "followConsentMode",
    "checkboxText": "Follow Google's consent mode",
    "simpleValueType": true,
    "defaultValue": true,
    "help": "Until analytics_storage is granted, events wait in memory; without ad_storage, click ids are kept without their value.",
    "enablingConditions": [
      {
        "paramName": "action",
        "paramValue": "load",
        "type": "EQUALS"
      }
    ]
  },
  {
    "type": "TEXT",
    "name": "eventName",
    "displayName": "Name of the event",
    "simpleValueType": true,
    "valueHint": "add_to_cart",
    "valueValidators": [
      {
        "type": "NON_EMPTY"
      }
    ],
    "enablingConditions": [
      {
        "paramName": "action",
        "paramValue": "track",
        "type": "EQUALS"
      }
    ]
  },
  {
    "type": "CHECKBOX",
    "name": "withEcommerce",
    "checkboxText": "With what was last pushed as ecommerce",
    "simpleValueType": true,
    "defaultValue": true,
    "enablingConditions": [
      {
        "paramName": "action",
        "paramValue": "track",
        "type": "EQUALS"
      }
    ]
  },
  {
    "type": "SIMPLE_TABLE",
    "name": "properties",
    "displayName": "Further properties",
    "simpleTableColumns": [
      {
        "defaultValue": "",
        "displayName": "Name",
        "name": "name",
        "type": "TEXT"
      },
      {
        "defaultValue": "",
        "displayName": "Value",
        "name": "value",
        "type": "TEXT"
      }
    ],
    "newRowButtonText": "Add a property",
    "enablingConditions": [
      {
        "paramName": "action",
        "paramValue": "track",
        "type": "EQUALS"
      }
    ]
  }
]


___SANDBOXED_JS_FOR_WEB_TEMPLATE___

// Sandboxed JavaScript: ES5 with const and arrow functions, and nothing that is not required.
const createArgumentsQueue = require('createArgumentsQueue');
const callInWindow = require('callInWindow');

// Keeps calls until the tracker has come, and is the tracker from then on.
createArgumentsQueue('jejak', 'jejak.q');

if (data.action === 'track') {
  track();
} else {
  load();
}

function track() {
  const copyFromDataLayer = require('copyFromDataLayer');
  const properties = {};
  if (data.withEcommerce) {
    // 1: as it was last pushed, not joined with what was pushed before.
    const ecommerce = copyFromDataLayer('ecommerce', 1);
    for (let key in ecommerce) properties[key] = ecommerce[key];
  }
  const rows = data.properties || [];
  for (let at = 0; at < rows.length; at++) properties[rows[at].name] = rows[at].value;
  callInWindow('jejak', 'track', data.eventName, properties);
  data.gtmOnSuccess();
}

function load() {
  const injectScript = require('injectScript');
  const options = {};
  if (data.endpoint) options.endpoint = data.endpoint;
  if (data.writeKey) options.writeKey = data.writeKey;
  if (data.followConsentMode) {
    const addConsentListener = require('addConsentListener');
    options.consent = consentState('pending');
    const onConsent = () => callInWindow('jejak', 'setConsent', consentState('denied'));
    addConsentListener('analytics_storage', onConsent);
    addConsentListener('ad_storage', onConsent);
  }
  callInWindow('jejak', 'init', options);
  injectScript(data.scriptUrl, data.gtmOnSuccess, data.gtmOnFailure, 'jejak');
}

function consentState(without) {
  const isConsentGranted = require('isConsentGranted');
  if (!isConsentGranted('analytics_storage')) return without;
  return isConsentGranted('ad_storage') ? 'granted' : 'limited';
}


___WEB_PERMISSIONS___

[
  {
    "instance": {
      "key": {
        "publicId": "access_globals",
        "versionId": "1"
      },
      "param": [
        {
          "key": "keys",
          "value": {
            "type": 2,
            "listItem": [
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "key"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  },
                  {
                    "type": 1,
                    "string": "execute"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "jejak"
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": true
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "key"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  },
                  {
                    "type": 1,
                    "string": "execute"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "jejak.q"
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  }
                ]
              }
            ]
          }
        }
      ]
    },
    "clientAnnotations": {
      "isEditedByUser": true
    },
    "isRequired": true
  },
  {
    "instance": {
      "key": {
        "publicId": "inject_script",
        "versionId": "1"
      },
      "param": [
        {
          "key": "urls",
          "value": {
            "type": 2,
            "listItem": [
              {
                "type": 1,
                "string": "https://*/*"
              }
            ]
          }
        }
      ]
    },
    "clientAnnotations": {
      "isEditedByUser": true
    },
    "isRequired": true
  },
  {
    "instance": {
      "key": {
        "publicId": "read_data_layer",
        "versionId": "1"
      },
      "param": [
        {
          "key": "allowedKeys",
          "value": {
            "type": 1,
            "string": "specific"
          }
        },
        {
          "key": "keyPatterns",
          "value": {
            "type": 2,
            "listItem": [
              {
                "type": 1,
                "string": "ecommerce"
              }
            ]
          }
        }
      ]
    },
    "clientAnnotations": {
      "isEditedByUser": true
    },
    "isRequired": true
  },
  {
    "instance": {
      "key": {
        "publicId": "access_consent",
        "versionId": "1"
      },
      "param": [
        {
          "key": "consentTypes",
          "value": {
            "type": 2,
            "listItem": [
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "consentType"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "analytics_storage"
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "consentType"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "ad_storage"
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  }
                ]
              }
            ]
          }
        }
      ]
    },
    "clientAnnotations": {
      "isEditedByUser": true
    },
    "isRequired": true
  }
]


___TESTS___

scenarios:
- name: The script is loaded once, from the address that was given
  code: |-
    mock('isConsentGranted', true);
    runCode({ action: 'load', scriptUrl: 'https://shop.example/jejak.js', followConsentMode: true });
    assertApi('injectScript').wasCalled();
    assertApi('callInWindow').wasCalledWith('jejak', 'init', { consent: 'granted' });
- name: Events wait until analytics_storage is granted
  code: |-
    mock('isConsentGranted', false);
    runCode({ action: 'load', scriptUrl: 'https://shop.example/jejak.js', followConsentMode: true });
    assertApi('callInWindow').wasCalledWith('jejak', 'init', { consent: 'pending' });
- name: Without ad_storage it is limited
  code: |-
    mock('isConsentGranted', type => type === 'analytics_storage');
    runCode({ action: 'load', scriptUrl: 'https://shop.example/jejak.js', followConsentMode: true });
    assertApi('callInWindow').wasCalledWith('jejak', 'init', { consent: 'limited' });
- name: Consent that is taken back is told
  code: |-
    let isGranted = true;
    let onConsent;
    mock('isConsentGranted', () => isGranted);
    mock('addConsentListener', (type, listener) => { onConsent = listener; });
    runCode({ action: 'load', scriptUrl: 'https://shop.example/jejak.js', followConsentMode: true });
    isGranted = false;
    onConsent('analytics_storage', false);
    assertApi('callInWindow').wasCalledWith('jejak', 'setConsent', 'denied');
- name: Consent mode is left alone where it is not to be followed
  code: |-
    runCode({ action: 'load', scriptUrl: 'https://shop.example/jejak.js', endpoint: 'https://shop.example/e' });
    assertApi('isConsentGranted').wasNotCalled();
    assertApi('callInWindow').wasCalledWith('jejak', 'init', { endpoint: 'https://shop.example/e' });
- name: An event has what was pushed as ecommerce, and further properties
  code: |-
    mock('copyFromDataLayer', { currency: 'IDR', value: 150000 });
    runCode({ action: 'track', eventName: 'add_to_cart', withEcommerce: true, properties: [{ name: 'method', value: 'quick' }] });
    assertApi('callInWindow').wasCalledWith('jejak', 'track', 'add_to_cart', { currency: 'IDR', value: 150000, method: 'quick' });
    assertApi('injectScript').wasNotCalled();
    assertApi('gtmOnSuccess').wasCalled();


___NOTES___

Written by hand; its tests run in Jejak's own repository with stand-ins for Tag Manager's functions.
