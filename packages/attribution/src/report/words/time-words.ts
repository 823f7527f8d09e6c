import type { Formats } from './formats.ts'
import type { InLanguages } from './language.ts'

interface CurveEnd {
  readonly share: number
  readonly low: number
  readonly high: number
  readonly days: number
  readonly median: number | null
}

interface Age {
  readonly name: string
  readonly days: number
}

/** The words of the pictures of time and of customers who come back. */
export interface TimeWords {
  few(minimum: number, formats: Formats): string
  readonly conversions: string
  readonly channel: string
  readonly day: string
  readonly timeTitle: string
  readonly timeChoice: string
  readonly timeNote: string
  readonly curveName: string
  readonly curveCaption: string
  readonly converted: string
  readonly interval: string
  readonly atRisk: string
  curve(end: CurveEnd, formats: Formats): string
  readonly daysName: string
  readonly daysCaption: string
  days(median: number, sameDay: number, formats: Formats): string
  readonly touchesTitle: string
  readonly touchesCaption: string
  readonly touchCount: string
  touches(median: number, single: number, formats: Formats): string
  readonly lagTitle: string
  readonly lagCaption: string
  readonly lagNote: string
  readonly weeks: readonly string[]
  readonly weekUnit: string
  readonly medianColumn: string
  median(days: number, formats: Formats): string
  lag(youngest: Age | undefined, oldest: Age | undefined, formats: Formats): string
  readonly cohortsTitle: string
  readonly cohortsChoice: string
  readonly cohortsCaption: string
  readonly monthsName: string
  readonly purchasesName: string
  readonly purchasesCaption: string
  readonly purchases: string
  readonly customers: string
  readonly firstPurchase: string
  monthsAfter(months: number, formats: Formats): string
  cohortsNote(minimum: number, formats: Formats): string
  cohorts(again: number, customers: number, days: number | null, minimum: number, formats: Formats): string
}

const daysEn = (days: number, formats: Formats): string =>
  days < 1 ? 'less than a day' : `${formats.number(days, 1)} ${days === 1 ? 'day' : 'days'}`
const daysId = (days: number, formats: Formats): string =>
  days < 1 ? 'kurang dari sehari' : `${formats.number(days, 1)} hari`

export const timeWords: InLanguages<TimeWords> = {
  en: {
    few: (minimum, formats) => `<${formats.number(minimum)}`,
    conversions: 'Conversions',
    channel: 'Channel',
    day: 'Days since the first contact',
    timeTitle: 'Time to convert',
    timeChoice: 'Of whom',
    timeNote:
      'The curve counts those who have not converted for as long as they were seen (Kaplan–Meier), with its 95% band; the lower row of numbers is how many were still watched. The days are of those who converted, so they look shorter than it takes.',
    curveName: 'All who came',
    curveCaption: 'Who has converted by when',
    converted: 'Converted',
    interval: '95% interval',
    atRisk: 'Still watched',
    curve: ({ share, low, high, days, median }, formats) =>
      `Of those who came, ${formats.share(share, 1)} had converted ${formats.number(days)} days after the first contact (95% interval ${formats.share(low, 1)} to ${formats.share(high, 1)}); ${median === null ? 'half were not reached in that time' : `half after ${daysEn(median, formats)}`}.`,
    daysName: 'Those who converted',
    daysCaption: 'Conversions by days since the first contact',
    days: (median, sameDay, formats) =>
      `Half of those who converted did so within ${daysEn(median, formats)} of the first contact, ${formats.share(sameDay)} on the first day.`,
    touchesTitle: 'Contacts to convert',
    touchesCaption: 'Conversions by number of contacts',
    touchCount: 'Contacts',
    touches: (median, single, formats) =>
      `Half converted after ${formats.number(median)} ${median === 1 ? 'contact' : 'contacts'} or fewer; ${formats.share(single)} after a single one, on which models that share out credit by position cannot differ.`,
    lagTitle: 'Age of contacts at the conversion',
    lagCaption: 'Contacts by weeks before the conversion',
    lagNote:
      'Only contacts before conversions count. That a channel’s are old says where it stands in journeys, not how long it works.',
    weeks: ['0–1', '1–2', '2–3', '3–4', '4+'],
    weekUnit: 'weeks',
    medianColumn: 'Median, days',
    median: (days, formats) => `Median: ${daysEn(days, formats)}`,
    lag: (youngest, oldest, formats) =>
      !youngest
        ? 'There is no contact whose age is known.'
        : oldest
          ? `Contacts of ${youngest.name} are the youngest at the conversion (median ${daysEn(youngest.days, formats)}), those of ${oldest.name} the oldest (${daysEn(oldest.days, formats)}).`
          : `Half of the contacts of ${youngest.name} are younger than ${daysEn(youngest.days, formats)} at the conversion.`,
    cohortsTitle: 'Customers who come back',
    cohortsChoice: 'By',
    cohortsCaption: 'Share of customers who bought again, by months since the first purchase',
    monthsName: 'Month of the first purchase',
    purchasesName: 'Number of purchases',
    purchasesCaption: 'Customers by number of purchases',
    purchases: 'Purchases',
    customers: 'Customers',
    firstPurchase: 'First purchase',
    monthsAfter: (months, formats) => `+${formats.number(months)}`,
    cohortsNote: (minimum, formats) =>
      `A customer counts in every month with a purchase. Months that are not over are empty, and cohorts of fewer than ${formats.number(minimum)} are not told. Months are those of ${formats.timeZone}.`,
    cohorts: (again, customers, days, minimum, formats) =>
      again < minimum
        ? `Of ${formats.number(customers)} ${customers === 1 ? 'customer' : 'customers'}, fewer than ${formats.number(minimum)} bought again so far.`
        : `Of ${formats.number(customers)} customers, ${formats.number(again)} (${formats.share(again / customers)}) bought again so far${days === null ? '' : `, half of them within ${daysEn(days, formats)}`}.`,
  },
  id: {
    few: (minimum, formats) => `<${formats.number(minimum)}`,
    conversions: 'Konversi',
    channel: 'Kanal',
    day: 'Hari sejak kontak pertama',
    timeTitle: 'Waktu hingga konversi',
    timeChoice: 'Dari siapa',
    timeNote:
      'Kurva memperhitungkan mereka yang belum berkonversi selama mereka masih teramati (Kaplan–Meier), dengan pita 95%; baris angka di bawah adalah jumlah yang masih teramati. Grafik hari hanya memuat yang berkonversi sehingga tampak lebih singkat daripada sebenarnya.',
    curveName: 'Semua yang datang',
    curveCaption: 'Siapa yang sudah berkonversi, menurut waktu',
    converted: 'Sudah konversi',
    interval: 'Interval 95%',
    atRisk: 'Masih teramati',
    curve: ({ share, low, high, days, median }, formats) =>
      `Dari semua yang datang, ${formats.share(share, 1)} sudah berkonversi ${formats.number(days)} hari setelah kontak pertama (interval 95% ${formats.share(low, 1)} hingga ${formats.share(high, 1)}); ${median === null ? 'separuhnya tidak tercapai dalam waktu itu' : `separuhnya setelah ${daysId(median, formats)}`}.`,
    daysName: 'Yang berkonversi',
    daysCaption: 'Konversi menurut hari sejak kontak pertama',
    days: (median, sameDay, formats) =>
      `Separuh dari yang berkonversi melakukannya dalam ${daysId(median, formats)} sejak kontak pertama, ${formats.share(sameDay)} pada hari pertama.`,
    touchesTitle: 'Jumlah kontak hingga konversi',
    touchesCaption: 'Konversi menurut jumlah kontak',
    touchCount: 'Kontak',
    touches: (median, single, formats) =>
      `Separuhnya berkonversi setelah paling banyak ${formats.number(median)} kontak; ${formats.share(single)} setelah satu kontak saja, sehingga model yang membagi kredit menurut posisi tidak dapat berbeda.`,
    lagTitle: 'Usia kontak saat konversi',
    lagCaption: 'Kontak menurut minggu sebelum konversi',
    lagNote:
      'Hanya kontak sebelum konversi yang dihitung. Usia kontak menunjukkan letak kanal dalam perjalanan, bukan seberapa lama pengaruhnya.',
    weeks: ['0–1', '1–2', '2–3', '3–4', '4+'],
    weekUnit: 'minggu',
    medianColumn: 'Median, hari',
    median: (days, formats) => `Median: ${daysId(days, formats)}`,
    lag: (youngest, oldest, formats) =>
      !youngest
        ? 'Tidak ada kontak yang usianya diketahui.'
        : oldest
          ? `Kontak ${youngest.name} paling baru saat konversi (median ${daysId(youngest.days, formats)}), kontak ${oldest.name} paling lama (${daysId(oldest.days, formats)}).`
          : `Separuh kontak ${youngest.name} berusia kurang dari ${daysId(youngest.days, formats)} saat konversi.`,
    cohortsTitle: 'Pelanggan yang kembali',
    cohortsChoice: 'Menurut',
    cohortsCaption: 'Bagian pelanggan yang membeli lagi, menurut bulan sejak pembelian pertama',
    monthsName: 'Bulan pembelian pertama',
    purchasesName: 'Jumlah pembelian',
    purchasesCaption: 'Pelanggan menurut jumlah pembelian',
    purchases: 'Pembelian',
    customers: 'Pelanggan',
    firstPurchase: 'Pembelian pertama',
    monthsAfter: (months, formats) => `+${formats.number(months)}`,
    cohortsNote: (minimum, formats) =>
      `Seorang pelanggan dihitung pada setiap bulan ia membeli. Bulan yang belum selesai dikosongkan, dan kelompok berisi kurang dari ${formats.number(minimum)} orang tidak ditampilkan. Bulan menurut ${formats.timeZone}.`,
    cohorts: (again, customers, days, minimum, formats) =>
      again < minimum
        ? `Dari ${formats.number(customers)} pelanggan, kurang dari ${formats.number(minimum)} sudah membeli lagi.`
        : `Dari ${formats.number(customers)} pelanggan, ${formats.number(again)} (${formats.share(again / customers)}) sudah membeli lagi${days === null ? '' : `, separuhnya dalam ${daysId(days, formats)}`}.`,
  },
}
