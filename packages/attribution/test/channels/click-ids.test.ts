import { CLICK_ID_POLICIES, createChannelRules } from '@jejak/attribution'
import type { Channel } from '@jejak/attribution'
import type { ClickId } from '@jejak/events'
import { describe, expect, test } from 'vitest'

const landing = 'https://www.toko.co.id/'
const decide = createChannelRules()

const CHANNEL_OF_CLICK_ID: Readonly<Record<ClickId, Channel>> = {
  gclid: 'Paid Search',
  gbraid: 'Paid Search',
  wbraid: 'Paid Search',
  gclsrc: 'Paid Search',
  gad_source: 'Paid Search',
  gad_campaignid: 'Paid Search',
  dclid: 'Display',
  srsltid: 'Organic Shopping',
  fbclid: 'Organic Social',
  igshid: 'Organic Social',
  igsh: 'Organic Social',
  msclkid: 'Paid Search',
  ttclid: 'Paid Social',
  twclid: 'Paid Social',
  li_fat_id: 'Paid Social',
  ScCid: 'Paid Social',
  rdt_cid: 'Paid Social',
  epik: 'Organic Social',
  qclid: 'Paid Social',
  yclid: 'Paid Search',
  ymclid: 'Paid Shopping',
  ysclid: 'Organic Search',
  irclickid: 'Affiliates',
  awc: 'Affiliates',
  cjevent: 'Affiliates',
  tblci: 'Display',
  dicbo: 'Display',
  awclid: 'Paid Shopping',
  vmcid: 'Display',
  mc_cid: 'Email',
  mc_eid: 'Email',
  _kx: 'Email',
  mkt_tok: 'Email',
  _hsenc: 'Email',
  _hsmi: 'Email',
  vero_id: 'Email',
  omnisendContactID: 'Email',
  ck_subscriber_id: 'Email',
  __s: 'Email',
  oly_enc_id: 'Email',
  oly_anon_id: 'Email',
  _branch_match_id: 'Direct',
}

describe.each(Object.entries(CHANNEL_OF_CLICK_ID))('%s alone', (name, channel) => {
  test.each(['Cj0KCQ', '-'])(`is ${channel} with the value "%s"`, value => {
    expect(decide({ landing, click_ids: { [name]: value } }).channel).toBe(channel)
  })

  test('is nothing without a value', () => {
    expect(decide({ landing, click_ids: { [name]: '' } }).channel).toBe('Direct')
  })
})

test('every click id has a policy', () => {
  expect(Object.keys(CLICK_ID_POLICIES).toSorted()).toEqual(Object.keys(CHANNEL_OF_CLICK_ID).toSorted())
})

test('an unpaid click id never makes a paid channel', () => {
  const unpaid = Object.entries(CLICK_ID_POLICIES).filter(([, { paid }]) => paid === 'no')
  const channels = unpaid.map(([name]) => decide({ landing, click_ids: { [name]: 'x' } }).channel)
  expect(channels.filter(channel => channel.startsWith('Paid') || channel === 'Display')).toEqual([])
})

test('the proof of an ad outweighs an id that unpaid links carry too', () => {
  expect(decide({ landing, click_ids: { fbclid: 'x', gclid: 'y' } })).toMatchObject({
    channel: 'Paid Search',
    source: 'google',
    medium: 'cpc',
    campaign: '(not set)',
    why: 'gclid is put on by Google Ads: an ad was clicked',
  })
})

test('a click id counts before the referrer', () => {
  const touch = { landing, referrer: 'https://www.google.com/', click_ids: { srsltid: 'x' } }
  expect(decide(touch).channel).toBe('Organic Shopping')
})

test('a referrer of the same kind names the source better than an unpaid click id', () => {
  const touch = { landing, referrer: 'https://l.instagram.com/', click_ids: { fbclid: 'x' } }
  expect(decide(touch)).toMatchObject({ channel: 'Organic Social', source: 'instagram.com' })
})

test('a click id from outside counts although the referrer is the shop itself', () => {
  const touch = { landing, referrer: 'https://toko.co.id/', click_ids: { gclid: 'x' } }
  expect(decide(touch)).toMatchObject({ channel: 'Paid Search', internal: false })
})

test.each([null, 'gclid', ['gclid'], { gclid: 7 }, { gclid: null }, JSON.parse('{"__proto__": {"gclid": "x"}}')])(
  'click ids that are none tell nothing: %j',
  clickIds => {
    expect(decide({ landing, click_ids: clickIds as never }).channel).toBe('Direct')
  },
)
