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

// Sandboxed JavaScript: ES5 with const, let and arrow functions, and nothing that is not required.
const addConsentListener = require('addConsentListener');
const callInWindow = require('callInWindow');
const copyFromDataLayer = require('copyFromDataLayer');
const createArgumentsQueue = require('createArgumentsQueue');
const getType = require('getType');
const injectScript = require('injectScript');
const isConsentGranted = require('isConsentGranted');
const makeNumber = require('makeNumber');

const NUMBERS = ['value', 'tax', 'shipping', 'price', 'discount', 'quantity', 'index'];

// Variables of Tag Manager are often texts.
const inNumbers = (fields) => {
  const read = {};
  for (let key in fields) {
    const field = fields[key];
    if (key === 'items' && getType(field) === 'array') read[key] = field.map(inNumbers);
    else if (NUMBERS.indexOf(key) >= 0) read[key] = makeNumber(field);
    else read[key] = field;
  }
  return read;
};

const consentState = () => (isConsentGranted('ad_storage') ? 'granted' : 'limited');

const load = () => {
  const options = {};
  if (data.endpoint) options.endpoint = data.endpoint;
  if (data.writeKey) options.writeKey = data.writeKey;
  if (data.followConsentMode) {
    options.consent = isConsentGranted('analytics_storage') ? consentState() : 'pending';
    addConsentListener('analytics_storage', (type, isGranted) => {
      callInWindow('jejak', 'setConsent', isGranted ? consentState() : 'denied');
    });
    addConsentListener('ad_storage', () => {
      if (isConsentGranted('analytics_storage')) callInWindow('jejak', 'setConsent', consentState());
    });
  }
  callInWindow('jejak', 'init', options);
  injectScript(data.scriptUrl, data.gtmOnSuccess, data.gtmOnFailure, 'jejak');
};

const track = () => {
  const properties = {};
  if (data.withEcommerce) {
    // 1: as it was last pushed, not joined with what was pushed before.
    const ecommerce = copyFromDataLayer('ecommerce', 1);
    for (let key in ecommerce) properties[key] = ecommerce[key];
  }
  (data.properties || []).forEach((row) => {
    properties[row.name] = row.value;
  });
  callInWindow('jejak', 'track', data.eventName, inNumbers(properties));
  data.gtmOnSuccess();
};

// Keeps calls until the tracker has come. From then on `jejak` is the tracker, so it is looked up for each call.
createArgumentsQueue('jejak', 'jejak.q');
if (data.action === 'track') track();
else load();


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
- name: The script is loaded from the address that was given, and says when it has come
  code: |-
    mock('isConsentGranted', true);
    mock('injectScript', (url, onSuccess) => onSuccess());
    runCode({ action: 'load', scriptUrl: 'https://shop.example/jejak.js', followConsentMode: true });
    assertApi('callInWindow').wasCalledWith('jejak', 'init', { consent: 'granted' });
    assertApi('gtmOnSuccess').wasCalled();
    assertApi('gtmOnFailure').wasNotCalled();
- name: A script that does not come is a failure
  code: |-
    mock('injectScript', (url, onSuccess, onFailure) => onFailure());
    runCode({ action: 'load', scriptUrl: 'https://shop.example/jejak.js' });
    assertApi('gtmOnFailure').wasCalled();
    assertApi('gtmOnSuccess').wasNotCalled();
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
    const listeners = {};
    mock('isConsentGranted', true);
    mock('addConsentListener', (type, listener) => { listeners[type] = listener; });
    runCode({ action: 'load', scriptUrl: 'https://shop.example/jejak.js', followConsentMode: true });
    listeners.analytics_storage('analytics_storage', false);
    assertApi('callInWindow').wasCalledWith('jejak', 'setConsent', 'denied');
- name: Word of advertising alone does not erase what waits
  code: |-
    const listeners = {};
    mock('isConsentGranted', type => type === 'ad_storage');
    mock('addConsentListener', (type, listener) => { listeners[type] = listener; });
    runCode({ action: 'load', scriptUrl: 'https://shop.example/jejak.js', followConsentMode: true });
    listeners.ad_storage('ad_storage', true);
    assertApi('callInWindow').wasNotCalledWith('jejak', 'setConsent', 'denied');
- name: Consent mode is left alone where it is not to be followed
  code: |-
    runCode({ action: 'load', scriptUrl: 'https://shop.example/jejak.js', endpoint: 'https://shop.example/e', writeKey: 'key' });
    assertApi('isConsentGranted').wasNotCalled();
    assertApi('callInWindow').wasCalledWith('jejak', 'init', { endpoint: 'https://shop.example/e', writeKey: 'key' });
- name: An event has what was pushed as ecommerce, and further properties, with numbers as numbers
  code: |-
    mock('copyFromDataLayer', { currency: 'IDR', value: '150000', items: [{ item_id: '41', price: '150000' }] });
    runCode({ action: 'track', eventName: 'add_to_cart', withEcommerce: true, properties: [{ name: 'method', value: 'quick' }] });
    assertApi('callInWindow').wasCalledWith('jejak', 'track', 'add_to_cart', { currency: 'IDR', value: 150000, items: [{ item_id: '41', price: 150000 }], method: 'quick' });
    assertApi('injectScript').wasNotCalled();
    assertApi('gtmOnSuccess').wasCalled();


___NOTES___

Written by hand. Its tests run in Jejak's repository, against an imitation of Tag Manager's functions; it has not been run in Tag Manager.
