import type { Formats } from './formats.ts'
import type { InLanguages } from './language.ts'

/** A name that stands out from the rest, and whether another does as much. */
export interface Standout {
  readonly name: string
  readonly isTied: boolean
}

export interface Dispute {
  readonly name: string
  readonly least: number
  readonly most: number
  /** The models that give it the least and the most. */
  readonly leastBy: string
  readonly mostBy: string
  readonly chosen?: {
    readonly model: string
    readonly conversions: number
    readonly low: number
    readonly high: number
    readonly level: number
  }
}

/** The words of the pictures of credit: who brought conversions about. */
export interface CreditWords {
  /** Of a number too small to be shown. */
  few(minimum: number, formats: Formats): string
  other(count: number, formats: Formats): string
  /** All others, not counted. */
  readonly rest: string
  /** Where every group is below the minimum. */
  tooFew(minimum: number, formats: Formats): string
  dimension(by: string): string
  range(low: string, high: string): string

  readonly headlineTitle: string
  readonly measure: string
  readonly figure: string
  readonly people: string
  readonly sessions: string
  readonly conversions: string
  readonly value: string
  readonly perConversion: string
  readonly convertedShare: string
  readonly repeatShare: string
  readonly period: string
  fromTo(from: string, to: string): string
  noConversion(journeys: number, formats: Formats): string
  conversionsOf(conversions: number, journeys: number, formats: Formats): string

  readonly creditTitle: string
  readonly creditChoice: string
  readonly creditCaption: string
  creditAxis: string
  readonly interval: string
  intervalOf(model: string, level: string): string
  readonly span: string
  only(name: string): string
  leadsAlways(name: string): string
  leadsByOne(name: string, model: string, conversions: number, share: number, formats: Formats): string
  leads(leader: Standout, models: number, all: number, formats: Formats): string
  readonly agree: string
  disagree(dispute: Dispute, formats: Formats): string
  creditNote(uncredited: number, formats: Formats): string
  creditOf(name: string, parts: readonly string[]): string

  readonly trendTitle: string
  readonly trendCaption: string
  readonly week: string
  readonly month: string
  readonly open: string
  trend(best: Standout, conversions: number, formats: Formats): string
  trendLeader(leader: Standout, model: string, share: number, formats: Formats): string
  openNote(date: string): string
  trendNote(model: string): string
  lastWeeks(weeks: number, formats: Formats): string
}

const DIMENSIONS_EN: Readonly<Record<string, string>> = {
  channel: 'Channel',
  source: 'Source',
  medium: 'Medium',
  campaign: 'Campaign',
  term: 'Search term',
  content: 'Ad content',
  landing: 'Landing page',
}

const DIMENSIONS_ID: Readonly<Record<string, string>> = {
  channel: 'Kanal',
  source: 'Sumber',
  medium: 'Medium',
  campaign: 'Kampanye',
  term: 'Kata kunci',
  content: 'Konten iklan',
  landing: 'Halaman pendaratan',
}

export const creditWords: InLanguages<CreditWords> = {
  en: {
    few: (minimum, formats) => `<${formats.number(minimum)}`,
    other: (count, formats) => `other (${formats.number(count)})`,
    rest: 'other',
    tooFew: (minimum, formats) =>
      `Every group is smaller than ${formats.number(minimum)}: too small to be shown one by one.`,
    dimension: by => (Object.hasOwn(DIMENSIONS_EN, by) ? DIMENSIONS_EN[by]! : by),
    range: (low, high) => `${low} to ${high}`,

    headlineTitle: 'At a glance',
    measure: 'Measure',
    figure: 'Figure',
    people: 'People',
    sessions: 'Sessions',
    conversions: 'Conversions',
    value: 'Value',
    perConversion: 'Value per conversion',
    convertedShare: 'Journeys that converted',
    repeatShare: 'Repeat conversions',
    period: 'Period',
    fromTo: (from, to) => (from === to ? from : `${from} to ${to}`),
    noConversion: (journeys, formats) =>
      `There is no conversion in ${counted(journeys, 'journey', formats)}, so there is no credit to share out.`,
    conversionsOf: (conversions, journeys, formats) =>
      `${counted(conversions, 'conversion', formats)} in ${counted(journeys, 'journey', formats)}.`,

    creditTitle: 'Credit by channel and model',
    creditChoice: 'By',
    creditCaption: 'Credited conversions by each model',
    creditAxis: 'conversions',
    interval: 'interval',
    intervalOf: (model, level) => `${level} interval of ${model}`,
    span: 'from the least to the most of all models',
    only: name => `All credit goes to ${name}: nothing else was met before a conversion.`,
    leadsAlways: name => `Every model gives ${name} the most credit.`,
    leadsByOne: (name, model, conversions, share, formats) =>
      `By ${model}, ${name} has the most credit: ${formats.number(conversions, 1)} of the credited conversions, ${formats.share(share)}.`,
    leads: (leader, models, all, formats) =>
      leader.isTied
        ? `By the mean of all models, none has more credit than ${leader.name}, and at least one has as much.`
        : `${leader.name} has the most credit by the mean of all models; ${formats.number(models)} of ${formats.number(all)} put it first.`,
    agree: 'The models hardly differ: no group gains or loses more than half a conversion from one to another.',
    disagree({ name, least, most, leastBy, mostBy, chosen }, formats) {
      const apart = `The models disagree most about ${name}: from ${formats.number(least, 1)} conversions (${leastBy}) to ${formats.number(most, 1)} (${mostBy}).`
      if (!chosen) return apart
      const [low, high] = [formats.number(chosen.low, 1), formats.number(chosen.high, 1)]
      return `${apart} By ${chosen.model} it is ${formats.number(chosen.conversions, 1)}, give or take chance: ${low} to ${high} (${formats.share(chosen.level)} interval).`
    },
    creditNote(uncredited, formats) {
      const rest =
        uncredited > 0
          ? ` ${counted(uncredited, 'conversion', formats)} without any contact before ${formats.plural(uncredited, { one: 'it', other: 'them' })} ${formats.plural(uncredited, { one: 'is', other: 'are' })} credited to nobody.`
          : ''
      return `Credit is a way to share out what happened, not proof of what caused it. The further apart the marks of a row, the more its credit depends on the model chosen.${rest}`
    },
    creditOf: (name, parts) => `${name}: ${parts.join(', ')}`,

    trendTitle: 'Credit by week',
    trendCaption: 'Conversions by week, and how they are credited',
    week: 'Week from',
    month: 'Month',
    open: 'not over',
    trend: (best, conversions, formats) =>
      best.isTied
        ? `No week had more conversions than that from ${best.name} (${formats.number(conversions)}), and another had as many.`
        : `The week from ${best.name} had the most conversions: ${formats.number(conversions)}.`,
    trendLeader: (leader, model, share, formats) =>
      leader.isTied
        ? `Over all weeks ${model} credits none with more than ${leader.name} (${formats.share(share)} of the credit), and another with as much.`
        : `Over all weeks ${model} credits ${leader.name} with the most: ${formats.share(share)} of the credit.`,
    openNote: date => `The week from ${date} is not over: its column is hatched and will still grow.`,
    trendNote: model => `Credit by ${model}. The numbers in the columns are those of the legend, in the same order.`,
    lastWeeks: (weeks, formats) => `The last ${formats.number(weeks)} weeks are shown.`,
  },
  id: {
    few: (minimum, formats) => `<${formats.number(minimum)}`,
    other: (count, formats) => `lainnya (${formats.number(count)})`,
    rest: 'lainnya',
    tooFew: (minimum, formats) =>
      `Setiap kelompok kurang dari ${formats.number(minimum)}, terlalu kecil untuk ditampilkan satu per satu.`,
    dimension: by => (Object.hasOwn(DIMENSIONS_ID, by) ? DIMENSIONS_ID[by]! : by),
    range: (low, high) => `${low} hingga ${high}`,

    headlineTitle: 'Sekilas',
    measure: 'Ukuran',
    figure: 'Angka',
    people: 'Orang',
    sessions: 'Sesi',
    conversions: 'Konversi',
    value: 'Nilai',
    perConversion: 'Nilai per konversi',
    convertedShare: 'Perjalanan yang berujung konversi',
    repeatShare: 'Konversi ulang',
    period: 'Periode',
    fromTo: (from, to) => (from === to ? from : `${from} hingga ${to}`),
    noConversion: (journeys, formats) =>
      `Tidak ada konversi dalam ${formats.number(journeys)} perjalanan, sehingga tidak ada kredit yang dapat dibagi.`,
    conversionsOf: (conversions, journeys, formats) =>
      `${formats.number(conversions)} konversi dalam ${formats.number(journeys)} perjalanan.`,

    creditTitle: 'Kredit menurut kanal dan model',
    creditChoice: 'Menurut',
    creditCaption: 'Konversi yang dikreditkan oleh tiap model',
    creditAxis: 'konversi',
    interval: 'interval',
    intervalOf: (model, level) => `interval ${level} dari ${model}`,
    span: 'dari yang terkecil hingga yang terbesar di antara semua model',
    only: name => `Seluruh kredit jatuh pada ${name}: tidak ada kontak lain sebelum konversi.`,
    leadsAlways: name => `Semua model memberi ${name} kredit terbanyak.`,
    leadsByOne: (name, model, conversions, share, formats) =>
      `Menurut ${model}, ${name} mendapat kredit terbanyak: ${formats.number(conversions, 1)} konversi, atau ${formats.share(share)} dari seluruh kredit.`,
    leads: (leader, models, all, formats) =>
      leader.isTied
        ? `Berdasarkan rata-rata semua model, tidak ada yang mendapat kredit lebih banyak daripada ${leader.name}, dan setidaknya satu mendapat sama banyak.`
        : `${leader.name} mendapat kredit terbanyak berdasarkan rata-rata semua model; ${formats.number(models)} dari ${formats.number(all)} model menempatkannya di urutan pertama.`,
    agree: 'Hasil semua model hampir sama: selisihnya tidak pernah melebihi setengah konversi.',
    disagree({ name, least, most, leastBy, mostBy, chosen }, formats) {
      const apart = `Perbedaan terbesar antarmodel ada pada ${name}: dari ${formats.number(least, 1)} konversi (${leastBy}) hingga ${formats.number(most, 1)} (${mostBy}).`
      if (!chosen) return apart
      const [low, high] = [formats.number(chosen.low, 1), formats.number(chosen.high, 1)]
      return `${apart} Menurut ${chosen.model} nilainya ${formats.number(chosen.conversions, 1)}, dan karena faktor kebetulan dapat berkisar dari ${low} hingga ${high} (interval ${formats.share(chosen.level)}).`
    },
    creditNote(uncredited, formats) {
      const rest =
        uncredited > 0
          ? ` ${formats.number(uncredited)} konversi tanpa kontak sebelumnya tidak dikreditkan kepada siapa pun.`
          : ''
      return `Kredit adalah cara membagi hasil yang sudah terjadi, bukan bukti sebab-akibat. Makin jauh jarak antartanda dalam satu baris, makin besar pengaruh pilihan model terhadap kreditnya.${rest}`
    },
    creditOf: (name, parts) => `${name}: ${parts.join(', ')}`,

    trendTitle: 'Kredit per minggu',
    trendCaption: 'Konversi per minggu dan pembagian kreditnya',
    week: 'Minggu mulai',
    month: 'Bulan',
    open: 'belum berakhir',
    trend: (best, conversions, formats) =>
      best.isTied
        ? `Tidak ada minggu dengan konversi lebih banyak daripada minggu mulai ${best.name} (${formats.number(conversions)}), dan ada minggu lain yang sama banyak.`
        : `Konversi terbanyak terjadi pada minggu mulai ${best.name}: ${formats.number(conversions)}.`,
    trendLeader: (leader, model, share, formats) =>
      leader.isTied
        ? `Dari seluruh minggu, tidak ada yang mendapat kredit lebih banyak daripada ${leader.name} menurut ${model} (${formats.share(share)} dari kredit), dan ada yang sama banyak.`
        : `Dari seluruh minggu, ${leader.name} mendapat kredit terbanyak menurut ${model}: ${formats.share(share)} dari kredit.`,
    openNote: date => `Minggu mulai ${date} belum berakhir: kolomnya diarsir dan angkanya masih dapat bertambah.`,
    trendNote: model => `Kredit menurut ${model}. Angka di dalam kolom sama dengan angka dan urutan pada legenda.`,
    lastWeeks: (weeks, formats) => `Yang ditampilkan adalah ${formats.number(weeks)} minggu terakhir.`,
  },
}

function counted(count: number, one: 'journey' | 'conversion', formats: Formats): string {
  return `${formats.number(count)} ${formats.plural(count, { one, other: `${one}s` })}`
}
