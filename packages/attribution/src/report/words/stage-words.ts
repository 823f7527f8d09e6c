import type { Formats } from './formats.ts'
import type { InLanguages } from './language.ts'

/** The words of the pictures of stages: funnel, heat map and stage attribution. */
export interface StageWords {
  few(minimum: number, formats: Formats): string
  tooFew(minimum: number, formats: Formats): string
  readonly stage: string
  readonly channel: string
  readonly nothing: string
  readonly region: string

  readonly funnelTitle: string
  readonly funnelCaption: string
  readonly reached: string
  readonly movedOn: string
  readonly stayed: string
  readonly time: string
  readonly instead: string
  readonly left: string
  reachedOf(count: string): string
  movedOnOf(count: string, share: string): string
  stayedOf(count: string, share: string): string
  half(duration: string): string
  funnel(name: string, isTied: boolean, share: string, reached: number, formats: Formats): string
  insteadMost(what: string, isTied: boolean, people: number, formats: Formats): string
  readonly funnelNone: string
  readonly funnelNote: string

  readonly heatTitle: string
  readonly heatCaption: string
  heat(channel: string, stage: string, people: number, isTied: boolean, formats: Formats): string
  heatNote(minimum: number, formats: Formats): string

  readonly creditTitle: string
  readonly creditChoice: string
  readonly creditCaption: string
  readonly uncredited: string
  readonly all: string
  credit(channel: string, transition: string, share: string, isTied: boolean): string
  readonly creditNone: string
  readonly creditNote: string
  rest(count: number, formats: Formats): string
}

export const stageWords: InLanguages<StageWords> = {
  en: {
    few: (minimum, formats) => `<${formats.number(minimum)}`,
    tooFew: (minimum, formats) => `Every group is smaller than ${formats.number(minimum)}: too small to be shown.`,
    stage: 'Stage',
    channel: 'Channel',
    nothing: '–',
    region: 'Table, may be wider than the page: scroll sideways',

    funnelTitle: 'Stage by stage',
    funnelCaption: 'People by stage and how they went on',
    reached: 'Reached',
    movedOn: 'Moved on',
    stayed: 'Not further yet',
    time: 'Half moved on within',
    instead: 'What those who stayed did last',
    left: 'Nothing more',
    reachedOf: count => `${count} reached it`,
    movedOnOf: (count, share) => `moved on: ${count} (${share})`,
    stayedOf: (count, share) => `not further yet: ${count} (${share})`,
    half: duration => `half within ${duration}`,
    funnel: (name, isTied, share, reached, formats) =>
      isTied
        ? `No stage kept a larger share from going further than ${name}: ${share} of ${formats.number(reached)}.`
        : `The largest share went no further in ${name}: ${share} of ${formats.number(reached)}.`,
    insteadMost: (what, isTied, people, formats) =>
      `${isTied ? 'Among the most frequent last acts there' : 'What they most often did last'}: ${what} (${formats.number(people)}).`,
    funnelNone: 'Nobody has yet been seen to stop at a stage before the last.',
    funnelNote:
      'A person counts in a stage once, and stages can be skipped, so a later stage may have more people. Whoever has not gone further by the end of the data may still do so.',

    heatTitle: 'Channels by stage',
    heatCaption: 'People by channel and stage',
    heat: (channel, stage, people, isTied, formats) =>
      isTied
        ? `No channel and stage have more people together than ${channel} in ${stage} (${formats.number(people)}).`
        : `Most people came through ${channel} while in ${stage} (${formats.number(people)}).`,
    heatNote: (minimum, formats) =>
      `People who were in the stage in a session that came through the channel; one person can count in several cells. The stronger its colour, the more people a cell has. Cells under ${formats.number(minimum)} are not told.`,

    creditTitle: 'Channels before each step forward',
    creditChoice: 'Model',
    creditCaption: 'Transitions credited to channels',
    uncredited: 'no contact before',
    all: 'All transitions',
    credit: (channel, transition, share, isTied) =>
      isTied
        ? `For ${transition}, no channel is credited with more than ${channel} (${share}).`
        : `For ${transition}, ${channel} is credited with most (${share}).`,
    creditNone: 'No transition was credited to a channel.',
    creditNote:
      'Each column adds up to the transitions seen. Credit is how a model shares them out among the contacts before; it is no proof of effect.',
    rest: (count, formats) =>
      `${formats.number(count)} smaller ${formats.plural(count, { one: 'channel', other: 'channels' })}`,
  },
  id: {
    few: (minimum, formats) => `<${formats.number(minimum)}`,
    tooFew: (minimum, formats) =>
      `Setiap kelompok kurang dari ${formats.number(minimum)}, terlalu kecil untuk ditampilkan.`,
    stage: 'Tahap',
    channel: 'Kanal',
    nothing: '–',
    region: 'Tabel, mungkin lebih lebar dari halaman: geser ke samping',

    funnelTitle: 'Tahap demi tahap',
    funnelCaption: 'Orang menurut tahap dan kelanjutannya',
    reached: 'Mencapai',
    movedOn: 'Lanjut',
    stayed: 'Belum lanjut',
    time: 'Separuhnya lanjut dalam',
    instead: 'Tindakan terakhir yang belum lanjut',
    left: 'Tidak ada lagi',
    reachedOf: count => `${count} mencapainya`,
    movedOnOf: (count, share) => `lanjut: ${count} (${share})`,
    stayedOf: (count, share) => `belum lanjut: ${count} (${share})`,
    half: duration => `separuhnya dalam ${duration}`,
    funnel: (name, isTied, share, reached, formats) =>
      isTied
        ? `Tidak ada tahap dengan bagian belum lanjut yang lebih besar daripada ${name}: ${share} dari ${formats.number(reached)}.`
        : `Bagian terbesar yang belum lanjut ada di ${name}: ${share} dari ${formats.number(reached)}.`,
    insteadMost: (what, isTied, people, formats) =>
      `${isTied ? 'Salah satu tindakan terakhir tersering di sana' : 'Tindakan terakhir tersering mereka'}: ${what} (${formats.number(people)}).`,
    funnelNone: 'Belum ada orang yang terlihat berhenti sebelum tahap terakhir.',
    funnelNote:
      'Setiap orang dihitung sekali di satu tahap dan tahap boleh terlewati, jadi tahap berikutnya bisa berisi lebih banyak orang. Yang belum lanjut sampai akhir data masih mungkin lanjut.',

    heatTitle: 'Kanal menurut tahap',
    heatCaption: 'Orang menurut kanal dan tahap',
    heat: (channel, stage, people, isTied, formats) =>
      isTied
        ? `Tidak ada pasangan kanal dan tahap dengan orang lebih banyak daripada ${channel} di ${stage} (${formats.number(people)}).`
        : `Orang terbanyak datang melalui ${channel} saat berada di ${stage} (${formats.number(people)}).`,
    heatNote: (minimum, formats) =>
      `Orang yang berada di tahap itu dalam kunjungan melalui kanal tersebut; satu orang bisa dihitung di beberapa sel. Makin pekat sel, makin banyak orangnya. Sel di bawah ${formats.number(minimum)} tidak diuraikan.`,

    creditTitle: 'Kanal sebelum perpindahan tahap',
    creditChoice: 'Model',
    creditCaption: 'Perpindahan tahap menurut kanal',
    uncredited: 'tanpa kontak sebelumnya',
    all: 'Semua perpindahan',
    credit: (channel, transition, share, isTied) =>
      isTied
        ? `Untuk ${transition}, tidak ada kanal dengan kredit lebih besar daripada ${channel} (${share}).`
        : `Untuk ${transition}, kredit terbesar ada pada ${channel} (${share}).`,
    creditNone: 'Tidak ada perpindahan tahap yang dikreditkan ke kanal.',
    creditNote:
      'Jumlah setiap kolom sama dengan perpindahan yang terlihat. Kredit adalah cara model membaginya kepada kontak sebelumnya, bukan bukti pengaruh.',
    rest: (count, formats) => `${formats.number(count)} kanal lebih kecil`,
  },
}
