import { video } from '@jejak/browser/video'
import { beforeEach, expect, test } from 'vitest'
import { start } from './start.ts'

beforeEach(() => {
  document.body.innerHTML = ''
})

/** A video of 100 seconds; jsdom plays none, so its events are made here. */
function show(html = '<video title="How batik is made"></video>', source = 'https://cdn.example/batik.mp4?token=1') {
  const { sent } = start({ plugins: [video()] })
  document.body.innerHTML = html
  const player = document.querySelector('video')!
  const set = (fields: object) => {
    for (const [name, value] of Object.entries(fields))
      Object.defineProperty(player, name, { value, configurable: true })
  }
  set({ duration: 100, currentSrc: source, currentTime: 0 })
  const happen = (name: string) => player.dispatchEvent(new Event(name))
  return {
    set,
    play: () => happen('playing'),
    end: () => happen('ended'),
    /** As a browser does, bit by bit. */
    watch: (from: number, to: number) => {
      for (let currentTime = from; currentTime <= to; currentTime++) {
        set({ currentTime })
        happen('timeupdate')
      }
    },
    told: async () => (await sent()).map(({ name, properties }) => ({ name, ...properties })),
    parts: async () => (await sent()).map(({ name, properties }) => [name, properties['video_percent']]),
  }
}

test('a video that is seen to its end is told in each of its parts, once', async () => {
  const { play, watch, end, parts } = show()
  for (let times = 0; times < 2; times++) {
    play()
    watch(0, 100)
    end()
  }
  expect(await parts()).toEqual([
    ['video_start', 0],
    ['video_progress', 10],
    ['video_progress', 25],
    ['video_progress', 50],
    ['video_progress', 75],
    ['video_complete', 100],
  ])
})

test('a video is told with its title, its length and its address without the query', async () => {
  const { play, told } = show()
  play()
  expect(await told()).toEqual([
    {
      name: 'video_start',
      video_title: 'How batik is made',
      video_url: 'https://cdn.example/batik.mp4',
      video_duration: 100,
      video_current_time: 0,
      video_percent: 0,
    },
  ])
})

test('a part that was skipped is not seen, until it is', async () => {
  const { play, watch, parts } = show()
  play()
  watch(0, 11)
  watch(60, 80)
  watch(20, 30)
  expect(await parts()).toEqual([
    ['video_start', 0],
    ['video_progress', 10],
    ['video_progress', 75],
    ['video_progress', 25],
  ])
})

test('a stream without an end has neither a length nor parts', async () => {
  const { play, set, watch, told } = show('<video></video>', 'blob:https://shop.example/1')
  set({ duration: Infinity })
  play()
  watch(0, 50)
  expect(await told()).toEqual([{ name: 'video_start', video_current_time: 0, video_percent: 0 }])
})

test('another video in the same player is told anew', async () => {
  const { play, set, parts } = show()
  play()
  set({ currentSrc: 'https://cdn.example/other.mp4' })
  play()
  expect(await parts()).toHaveLength(2)
})

test('a video that is muted and loops is decoration', async () => {
  const { play, watch, told } = show('<video muted loop></video>')
  document.querySelector('video')!.muted = true
  play()
  watch(0, 100)
  expect(await told()).toEqual([])
})
