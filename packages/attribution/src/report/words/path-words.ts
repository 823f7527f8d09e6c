import type { Formats } from './formats.ts'
import type { InLanguages } from './language.ts'
import type { Standout } from './credit-words.ts'

/** The words of the pictures of paths: through which contacts people came. */
export interface PathWords {
  /** Of a number too small to be shown. */
  few(minimum: number, formats: Formats): string
  tooFew(minimum: number, formats: Formats): string
  readonly channel: string
  readonly conversions: string
  readonly scroll: string
  left(count: number, minimum: number, formats: Formats): string

  readonly flowTitle: string
  readonly flowChoice: string
  readonly flowCaption: string
  readonly forward: string
  readonly backward: string
  /** Of the columns, from 0; from the end where it is read backward. */
  contact(step: number, isBackward: boolean): string
  readonly outcome: string
  readonly other: string
  readonly converted: string
  readonly lost: string
  readonly more: string
  readonly earlier: string
  readonly fromColumn: string
  readonly toColumn: string
  readonly journeys: string
  readonly ofThemConverted: string
  convertedOf(share: string): string
  link(from: string, to: string, journeys: string, converted: string): string
  readonly legendConverted: string
  readonly legendNot: string
  flowForward(
    journeys: number,
    converted: string,
    share: string,
    first: Standout,
    count: string,
    formats: Formats,
  ): string
  flowBackward(
    journeys: number,
    last: Standout,
    count: string,
    share: string,
    areConversions: boolean,
    formats: Formats,
  ): string
  /** Where not all bands are drawn. */
  widest(drawn: number, all: number, formats: Formats): string
  readonly flowNote: string

  readonly topTitle: string
  readonly topCaption: string
  readonly path: string
  readonly value: string
  readonly rate: string
  readonly medianDays: string
  top(path: string, isTied: boolean, conversions: number, share: number, formats: Formats): string
  topAll(paths: number, share: number, formats: Formats): string
  conversionsOf(conversions: number, formats: Formats): string
  rateOf(share: string): string
  days(days: number, formats: Formats): string
  skipped(count: number, formats: Formats): string
  readonly topNote: string

  readonly rolesTitle: string
  readonly rolesCaption: string
  readonly opened: string
  readonly assisted: string
  readonly closed: string
  readonly involved: string
  readonly alone: string
  roles(opener: Standout, opened: number, closer: Standout, closed: number, isSame: boolean, formats: Formats): string
  rolesLine(name: string, opened: string, assisted: string, closed: string): string
  readonly rolesNote: string
}

export const pathWords: InLanguages<PathWords> = {
  en: {
    few: (minimum, formats) => `<${formats.number(minimum)}`,
    tooFew: (minimum, formats) =>
      `Every group is smaller than ${formats.number(minimum)}: too small to be shown one by one.`,
    channel: 'Channel',
    conversions: 'Conversions',
    scroll: 'Drawing, wider than the page: scroll sideways',
    left: (count, minimum, formats) =>
      `${formats.number(count)} more ${formats.plural(count, { one: 'is', other: 'are' })} not listed: smaller, or with fewer than ${formats.number(minimum)} conversions.`,

    flowTitle: 'How paths run',
    flowChoice: 'Read',
    flowCaption: 'Journeys from contact to contact',
    forward: 'from the first contact',
    backward: 'back from the last contact',
    contact: (step, isBackward) => {
      if (isBackward) return step === 0 ? 'last contact' : step === 1 ? 'one before' : `${step} before`
      return step === 0 ? 'first contact' : `contact ${step + 1}`
    },
    outcome: 'outcome',
    other: 'other',
    converted: 'converted',
    lost: 'no conversion',
    more: 'more contacts',
    earlier: 'earlier contacts',
    fromColumn: 'From',
    toColumn: 'To',
    journeys: 'Journeys',
    ofThemConverted: 'Converted in the end',
    convertedOf: share => `${share} conv.`,
    link: (from, to, journeys, converted) => `${from} → ${to}: ${journeys}; converted in the end: ${converted}`,
    legendConverted: 'converted in the end (“conv.” and the share at each name)',
    legendNot: 'did not convert',
    flowForward: (journeys, converted, share, first, count, formats) =>
      `Of ${counted(journeys, 'journey', formats)}, ${converted} converted (${share}). ${
        first.isTied ? `None began more often than with ${first.name}` : `Most often they began with ${first.name}`
      }: ${count}.`,
    flowBackward: (journeys, last, count, share, areConversions, formats) =>
      `Of ${counted(journeys, areConversions ? 'conversion' : 'journey', formats)}, ${
        last.isTied
          ? `none had a last contact more often than ${last.name}`
          : `the last contact was most often ${last.name}`
      }: ${count} (${share}).`,
    widest: (drawn, all, formats) => `The ${formats.number(drawn)} widest of ${formats.number(all)} bands are drawn.`,
    flowNote:
      'The width of a band is the number of journeys; bands too small for the minimum are hatched. Who went another way differs in more than the way: a band is no effect.',

    topTitle: 'Most frequent paths',
    topCaption: 'Paths by conversions',
    path: 'Path',
    value: 'Value',
    rate: 'Converted',
    medianDays: 'Median days',
    top: (path, isTied, conversions, share, formats) =>
      isTied
        ? `No path led to more conversions than ${path}: ${formats.number(conversions)}, ${formats.share(share)} of all; another led to as many.`
        : `The path with the most conversions is ${path}: ${formats.number(conversions)}, ${formats.share(share)} of all.`,
    topAll: (paths, share, formats) =>
      `The ${formats.number(paths)} paths shown make up ${formats.share(share)} of all conversions.`,
    conversionsOf: (conversions, formats) => counted(conversions, 'conversion', formats),
    rateOf: share => `${share} of those on it converted`,
    days: (days, formats) =>
      days < 1 / 24
        ? 'half of them at once'
        : `half of them within ${days < 1 ? formats.duration(days * 86_400_000) : `${formats.number(days, 1)} ${formats.plural(days, { one: 'day', other: 'days' })}`}`,
    skipped: (count, formats) => `… ${formats.number(count)} more …`,
    topNote: 'A path is the whole row of contacts before a conversion, in their order.',

    rolesTitle: 'Openers, assists and closers',
    rolesCaption: 'Conversions in which each channel had a role',
    opened: 'Opened',
    assisted: 'Assisted',
    closed: 'Closed',
    involved: 'On the path',
    alone: 'Alone',
    roles(opener, opened, closer, closed, isSame, formats) {
      if (isSame) {
        return `${opener.name} ${opener.isTied || closer.isTied ? 'is second to none both as an opener' : 'both opens the most conversions'} (${formats.number(opened)}) and ${closer.isTied || opener.isTied ? 'as a closer' : 'closes the most'} (${formats.number(closed)}).`
      }
      const open = opener.isTied
        ? `No channel opened more conversions than ${opener.name}`
        : `${opener.name} opened the most conversions`
      const close = closer.isTied ? `none closed more than ${closer.name}` : `${closer.name} closed the most`
      return `${open} (${formats.number(opened)}); ${close} (${formats.number(closed)}).`
    },
    rolesLine: (name, opened, assisted, closed) => `${name}: opened ${opened}, assisted ${assisted}, closed ${closed}`,
    rolesNote:
      'Opened: it was the first contact. Assisted: it had a contact that was not the last. Closed: it was the last. A conversion counts in each role a channel had, so the bars are not parts of one whole.',
  },
  id: {
    few: (minimum, formats) => `<${formats.number(minimum)}`,
    tooFew: (minimum, formats) =>
      `Setiap kelompok kurang dari ${formats.number(minimum)}, terlalu kecil untuk ditampilkan satu per satu.`,
    channel: 'Kanal',
    conversions: 'Konversi',
    scroll: 'Gambar lebih lebar dari halaman: geser ke samping',
    left: (count, minimum, formats) =>
      `${formats.number(count)} lainnya tidak dicantumkan karena lebih kecil atau kurang dari ${formats.number(minimum)} konversi.`,

    flowTitle: 'Alur jalur',
    flowChoice: 'Baca',
    flowCaption: 'Perjalanan dari kontak ke kontak',
    forward: 'dari kontak pertama',
    backward: 'mundur dari kontak terakhir',
    contact: (step, isBackward) => {
      if (isBackward) return step === 0 ? 'kontak terakhir' : `${step} sebelumnya`
      return step === 0 ? 'kontak pertama' : `kontak ke-${step + 1}`
    },
    outcome: 'hasil',
    other: 'lainnya',
    converted: 'konversi',
    lost: 'tanpa konversi',
    more: 'kontak berikutnya',
    earlier: 'kontak sebelumnya',
    fromColumn: 'Dari',
    toColumn: 'Ke',
    journeys: 'Perjalanan',
    ofThemConverted: 'Akhirnya konversi',
    convertedOf: share => `${share} konv.`,
    link: (from, to, journeys, converted) => `${from} → ${to}: ${journeys}; akhirnya konversi: ${converted}`,
    legendConverted: 'akhirnya konversi (“konv.” dan persentasenya tertulis pada tiap nama)',
    legendNot: 'tidak konversi',
    flowForward: (journeys, converted, share, first, count, formats) =>
      `Dari ${formats.number(journeys)} perjalanan, ${converted} berujung konversi (${share}). ${
        first.isTied
          ? `Tidak ada kontak pertama yang lebih sering daripada ${first.name}`
          : `Kontak pertama yang paling sering adalah ${first.name}`
      }: ${count}.`,
    flowBackward: (journeys, last, count, share, areConversions, formats) =>
      `Dari ${formats.number(journeys)} ${areConversions ? 'konversi' : 'perjalanan'}, ${
        last.isTied
          ? `tidak ada kontak terakhir yang lebih sering daripada ${last.name}`
          : `kontak terakhir yang paling sering adalah ${last.name}`
      }: ${count} (${share}).`,
    widest: (drawn, all, formats) =>
      `Yang digambar adalah ${formats.number(drawn)} pita terlebar dari ${formats.number(all)}.`,
    flowNote:
      'Lebar pita menunjukkan jumlah perjalanan; pita di bawah batas minimum diarsir. Orang yang menempuh jalur berbeda juga berbeda dalam hal lain, jadi pita bukanlah bukti pengaruh.',

    topTitle: 'Jalur tersering',
    topCaption: 'Jalur menurut jumlah konversi',
    path: 'Jalur',
    value: 'Nilai',
    rate: 'Tingkat konversi',
    medianDays: 'Median hari',
    top: (path, isTied, conversions, share, formats) =>
      isTied
        ? `Tidak ada jalur dengan konversi lebih banyak daripada ${path}: ${formats.number(conversions)}, atau ${formats.share(share)} dari semuanya; ada jalur lain yang sama banyak.`
        : `Jalur dengan konversi terbanyak adalah ${path}: ${formats.number(conversions)} konversi, atau ${formats.share(share)} dari semuanya.`,
    topAll: (paths, share, formats) =>
      `${formats.number(paths)} jalur yang ditampilkan mencakup ${formats.share(share)} dari semua konversi.`,
    conversionsOf: (conversions, formats) => `${formats.number(conversions)} konversi`,
    rateOf: share => `${share} dari penempuhnya konversi`,
    days: (days, formats) =>
      days < 1 / 24
        ? 'separuhnya seketika'
        : `separuhnya dalam ${days < 1 ? formats.duration(days * 86_400_000) : `${formats.number(days, 1)} hari`}`,
    skipped: (count, formats) => `… ${formats.number(count)} lagi …`,
    topNote: 'Jalur adalah seluruh rangkaian kontak sebelum konversi, menurut urutannya.',

    rolesTitle: 'Pembuka, pendukung, dan penutup',
    rolesCaption: 'Konversi menurut peran tiap kanal',
    opened: 'Membuka',
    assisted: 'Mendukung',
    closed: 'Menutup',
    involved: 'Ada di jalur',
    alone: 'Sendirian',
    roles(opener, opened, closer, closed, isSame, formats) {
      if (isSame) {
        return opener.isTied || closer.isTied
          ? `Tidak ada kanal yang mengungguli ${opener.name}, baik sebagai pembuka (${formats.number(opened)}) maupun sebagai penutup (${formats.number(closed)}).`
          : `${opener.name} paling sering membuka (${formats.number(opened)}) sekaligus paling sering menutup (${formats.number(closed)}) jalur konversi.`
      }
      const open = opener.isTied
        ? `Tidak ada kanal yang lebih sering membuka jalur konversi daripada ${opener.name}`
        : `${opener.name} paling sering membuka jalur konversi`
      const close = closer.isTied
        ? `tidak ada yang lebih sering menutup daripada ${closer.name}`
        : `${closer.name} paling sering menutup`
      return `${open} (${formats.number(opened)}); ${close} (${formats.number(closed)}).`
    },
    rolesLine: (name, opened, assisted, closed) =>
      `${name}: membuka ${opened}, mendukung ${assisted}, menutup ${closed}`,
    rolesNote:
      'Membuka: kontak pertama. Mendukung: ada kontaknya yang bukan kontak terakhir. Menutup: kontak terakhir. Satu konversi dihitung dalam setiap peran yang dijalankan kanal, jadi batang-batang ini bukan bagian dari satu keseluruhan.',
  },
}

function counted(count: number, one: 'journey' | 'conversion', formats: Formats): string {
  return `${formats.number(count)} ${formats.plural(count, { one, other: `${one}s` })}`
}
