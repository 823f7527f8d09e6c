import type { Standout } from './credit-words.ts'
import type { Formats } from './formats.ts'
import type { InLanguages } from './language.ts'

interface RangeOfEffect {
  readonly share: number
  readonly low?: number
  readonly high?: number
}

/** The words of the pictures of the Markov chain: the ways between channels, and what is lost without one. */
export interface ChainWords {
  tooFew(minimum: number, formats: Formats): string
  readonly channel: string
  readonly fromColumn: string
  readonly toColumn: string
  readonly scroll: string

  readonly chainTitle: string
  readonly chainCaption: string
  readonly start: string
  readonly conversion: string
  readonly none: string
  readonly probability: string
  chainStart(first: Standout, share: number, formats: Formats): string
  chainEnd(last: Standout, share: number, formats: Formats): string
  chainNote(edges: number, all: number, formats: Formats): string

  readonly removalTitle: string
  readonly removalCaption: string
  readonly removalEffect: string
  readonly from: string
  readonly to: string
  removal(greatest: Standout, isOnly: boolean, effect: RangeOfEffect, formats: Formats): string
  readonly noRemoval: string
  readonly removalNote: string
  left(count: number, formats: Formats): string
}

export const chainWords: InLanguages<ChainWords> = {
  en: {
    tooFew: (minimum, formats) =>
      `Every group is smaller than ${formats.number(minimum)}: too small to be shown one by one.`,
    channel: 'Channel',
    fromColumn: 'From',
    toColumn: 'To',
    scroll: 'Drawing, wider than the page: scroll sideways',

    chainTitle: 'Ways between channels',
    chainCaption: 'Steps of the Markov chain',
    start: 'start',
    conversion: 'conversion',
    none: 'no conversion',
    probability: 'Probability',
    chainStart: (first, share, formats) =>
      first.isTied
        ? `No channel is a more frequent first contact than ${first.name} (${formats.share(share)} of journeys); another is as frequent.`
        : `Journeys most often begin with ${first.name} (${formats.share(share)}).`,
    chainEnd: (last, share, formats) =>
      last.isTied
        ? `After no channel is a conversion the next step more often than after ${last.name} (${formats.share(share, 1)} of visits).`
        : `A conversion is the next step most often after ${last.name} (${formats.share(share, 1)} of visits).`,
    chainNote: (edges, all, formats) =>
      `A chain of first order: the next step depends only on the present one. Circles grow with visits; a line's width is the probability of the step. Of ${formats.number(all)} steps the most travelled of each kind are drawn, ${formats.number(edges)} together: from the start, between channels, to a conversion and to none.`,

    removalTitle: 'Removal effects',
    removalCaption: 'Conversions the chain would lose without each channel',
    removalEffect: 'Removal effect',
    from: 'from',
    to: 'to',
    removal: (greatest, isOnly, { share, low, high }, formats) =>
      `Taking ${greatest.name} out of the Markov chain takes ${formats.share(share, 1)} of its conversions with it${
        low === undefined || high === undefined
          ? ''
          : ` (interval ${formats.share(low, 1)} to ${formats.share(high, 1)})`
      }: ${isOnly ? 'there is no other channel.' : greatest.isTied ? 'no channel takes more, and another takes as much.' : 'the most of all channels.'}`,
    noRemoval: 'Taking any one channel out of the Markov chain leaves its conversions as they are.',
    removalNote:
      'A property of the chain fitted to these journeys, not a forecast: nobody knows what the people would have done instead. Effects of several channels overlap and do not add up to 100 %.',
    left: (count, formats) =>
      `${formats.number(count)} more ${formats.plural(count, { one: 'is', other: 'are' })} not drawn: smaller, or below the minimum.`,
  },
  id: {
    tooFew: (minimum, formats) =>
      `Setiap kelompok kurang dari ${formats.number(minimum)}, terlalu kecil untuk ditampilkan satu per satu.`,
    channel: 'Kanal',
    fromColumn: 'Dari',
    toColumn: 'Ke',
    scroll: 'Gambar lebih lebar dari halaman: geser ke samping',

    chainTitle: 'Perpindahan antarkanal',
    chainCaption: 'Langkah-langkah rantai Markov',
    start: 'mulai',
    conversion: 'konversi',
    none: 'tanpa konversi',
    probability: 'Peluang',
    chainStart: (first, share, formats) =>
      first.isTied
        ? `Tidak ada kontak pertama yang lebih sering daripada ${first.name} (${formats.share(share)} dari perjalanan), dan ada kanal lain yang sama sering.`
        : `Perjalanan paling sering dimulai dari ${first.name} (${formats.share(share)}).`,
    chainEnd: (last, share, formats) =>
      last.isTied
        ? `Tidak ada kanal yang lebih sering langsung diikuti konversi daripada ${last.name} (${formats.share(share, 1)} dari kunjungan).`
        : `Kanal yang paling sering langsung diikuti konversi adalah ${last.name} (${formats.share(share, 1)} dari kunjungan).`,
    chainNote: (edges, all, formats) =>
      `Rantai orde pertama: langkah berikutnya hanya bergantung pada langkah saat ini. Makin besar lingkaran, makin banyak kunjungan; lebar garis menunjukkan peluang langkah itu. Dari ${formats.number(all)} langkah, yang digambar adalah ${formats.number(edges)} yang paling ramai dari tiap jenis: dari awal, antarkanal, menuju konversi, dan tanpa konversi.`,

    removalTitle: 'Efek penghapusan kanal',
    removalCaption: 'Konversi yang hilang dari rantai Markov tanpa tiap kanal',
    removalEffect: 'Efek penghapusan',
    from: 'dari',
    to: 'hingga',
    removal: (greatest, isOnly, { share, low, high }, formats) =>
      `Jika ${greatest.name} dihapus dari rantai Markov, ${formats.share(share, 1)} konversinya ikut hilang${
        low === undefined || high === undefined
          ? ''
          : ` (interval ${formats.share(low, 1)} hingga ${formats.share(high, 1)})`
      }; ${isOnly ? 'tidak ada kanal lain.' : greatest.isTied ? 'tidak ada kanal dengan efek lebih besar, dan ada kanal lain dengan efek yang sama.' : 'ini yang terbesar di antara semua kanal.'}`,
    noRemoval: 'Menghapus satu kanal mana pun dari rantai Markov tidak mengubah jumlah konversinya.',
    removalNote:
      'Ini sifat rantai yang dihitung dari perjalanan yang ada, bukan ramalan: tidak diketahui apa yang akan dilakukan orang sebagai gantinya. Efek beberapa kanal saling tumpang tindih dan tidak berjumlah 100 %.',
    left: (count, formats) =>
      `${formats.number(count)} lainnya tidak digambar karena lebih kecil atau di bawah batas minimum.`,
  },
}
