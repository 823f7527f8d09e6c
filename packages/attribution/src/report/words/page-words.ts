import type { PictureName, ReportPart } from './picture-names.ts'
import type { Formats } from './formats.ts'
import type { InLanguages } from './language.ts'

/** The words of the page around the pictures. */
export interface PageWords {
  readonly title: string
  readonly skip: string
  readonly contents: string
  readonly parts: Readonly<Record<ReportPart, string>>
  readonly period: string
  fromTo(from: string, to: string): string
  readonly noPeriod: string
  readonly read: string
  readonly conversion: string
  readonly made: string
  /** Of what was read: the first names, and how many more. */
  sources(names: readonly string[], more: number, formats: Formats): string
  events(count: number, formats: Formats): string
  journeys(count: number, formats: Formats): string
  /** What opens the table behind a picture. */
  readonly numbers: string
  /** The legend of a choice that has no name of its own. */
  readonly choice: string
  readonly footer: string
  readonly empty: EmptyWords
  readonly missing: MissingWords
}

/** What to say and to advise where there is nothing to draw. The steps may have commands between backticks. */
interface EmptyWords {
  readonly nothingTitle: string
  readonly nothing: string
  readonly nothingSteps: readonly string[]
  readonly noConversionTitle: string
  noConversion(conversion: string, events: number, formats: Formats): string
  readonly noConversionSteps: readonly string[]
}

/** Why a picture is not there, and what it needs. */
interface MissingWords {
  readonly title: string
  readonly lead: string
  readonly needs: Readonly<Record<PictureName, string>>
}

export const pageWords: InLanguages<PageWords> = {
  en: {
    title: 'Customer journeys and what brought them about',
    skip: 'Skip to the content',
    contents: 'Contents',
    parts: {
      glance: 'At a glance',
      credit: 'Channels',
      stages: 'Stages',
      paths: 'Paths',
      time: 'Time',
      afterwards: 'Customers',
      data: 'Data and method',
    },
    period: 'Period',
    fromTo: (from, to) => (from === to ? from : `${from} to ${to}`),
    noPeriod: 'unknown: counted paths carry no dates',
    read: 'Read from',
    conversion: 'Conversion',
    made: 'Made on',
    sources: (names, more, formats) => formats.list(more > 0 ? [...names, `${formats.number(more)} more`] : names),
    events: (count, formats) => `${formats.number(count)} ${formats.plural(count, { one: 'event', other: 'events' })}`,
    journeys: (count, formats) =>
      `${formats.number(count)} ${formats.plural(count, { one: 'journey', other: 'journeys' })}`,
    numbers: 'The numbers',
    choice: 'View',
    footer: 'Made by Jejak. This file holds everything it shows and asks nothing of any network.',
    empty: {
      nothingTitle: 'Nothing to show yet',
      nothing: 'What was read holds no journeys, so there is nothing to draw.',
      nothingSteps: [
        'See whether events arrive: `jejak collect --folder events`, then open a page of the shop.',
        'Make the report from the folder they are kept in: `jejak report events -o report.html`.',
        'No shop at hand? `jejak demo` brings one, with visitors to simulate.',
      ],
      noConversionTitle: 'No conversions were found',
      noConversion: (conversion, events, formats) =>
        `None of ${formats.plural(events, { one: 'the 1 event', other: `the ${formats.number(events)} events` })} counts as “${conversion}”. Whatever shares conversions out among channels is left out.`,
      noConversionSteps: [
        'Count something that happens earlier: `--conversion add_to_cart`, or `--conversion stage:decision`.',
        'See which stages are reached at all: `jejak journeys events`.',
      ],
    },
    missing: {
      title: 'Not in this report',
      lead: 'These pictures had nothing to draw. What each of them needs:',
      needs: {
        headline: 'At a glance: journeys.',
        'journey-map': 'Customer-journey map: events, not only counted paths.',
        'model-credit': 'Credit by channel and model: conversions with contacts before them.',
        'stage-funnel': 'How far people came: events.',
        'stage-heat': 'Channels by stage: events in sessions whose channel is known.',
        'stage-credit': 'What moved people on: people who went from one stage to another.',
        'path-flow': 'Flow of paths: journeys with contacts.',
        'top-paths': 'Most frequent paths: journeys with contacts.',
        'channel-roles': 'Roles of channels: conversions with contacts before them.',
        'markov-graph': 'Ways between channels: journeys with contacts, some of which converted.',
        'removal-effects': 'Removal effects: journeys with contacts, some of which converted.',
        'time-to-convert': 'Time to convert: conversions with dated contacts before them.',
        'touches-to-convert': 'Contacts to convert: conversions with contacts before them.',
        'lag-decay': 'Age of contacts: conversions with dated contacts before them.',
        'weekly-trend': 'Weeks: conversions in two weeks or more.',
        cohorts: 'First and repeat purchases: purchases by customers who can be told apart.',
        satisfaction: 'Satisfaction: answers to surveys, sent as `submit_survey`, or reviews.',
        friction: 'Friction: page errors, failed payments and measured page speed.',
        fulfilment: 'Delivery: orders followed by `order_shipped` and `order_delivered` from the shop’s backend.',
        'data-health': 'Health of the data: events, not only counted paths.',
      },
    },
  },
  id: {
    title: 'Perjalanan pelanggan dan apa yang mengantarnya',
    skip: 'Langsung ke isi',
    contents: 'Daftar isi',
    parts: {
      glance: 'Sekilas',
      credit: 'Kanal',
      stages: 'Tahap',
      paths: 'Jalur',
      time: 'Waktu',
      afterwards: 'Pelanggan',
      data: 'Data dan metode',
    },
    period: 'Periode',
    fromTo: (from, to) => (from === to ? from : `${from} hingga ${to}`),
    noPeriod: 'tidak diketahui: tabel jalur tidak memuat tanggal',
    read: 'Dibaca dari',
    conversion: 'Konversi',
    made: 'Dibuat pada',
    sources: (names, more, formats) => formats.list(more > 0 ? [...names, `${formats.number(more)} lainnya`] : names),
    events: (count, formats) => `${formats.number(count)} peristiwa`,
    journeys: (count, formats) => `${formats.number(count)} perjalanan`,
    numbers: 'Angka selengkapnya',
    choice: 'Tampilan',
    footer:
      'Dibuat dengan Jejak. Berkas ini memuat semua yang ditampilkannya dan tidak mengambil apa pun dari jaringan.',
    empty: {
      nothingTitle: 'Belum ada yang dapat ditampilkan',
      nothing: 'Data yang dibaca tidak memuat perjalanan pelanggan, sehingga tidak ada yang dapat digambar.',
      nothingSteps: [
        'Periksa apakah peristiwa sudah masuk: jalankan `jejak collect --folder events`, lalu buka salah satu halaman toko.',
        'Buat laporan dari folder penyimpanannya: `jejak report events -o report.html`.',
        'Belum punya toko? `jejak demo` menyediakan satu, lengkap dengan pengunjung simulasi.',
      ],
      noConversionTitle: 'Tidak ada konversi yang ditemukan',
      noConversion: (conversion, events, formats) =>
        `Dari ${formats.number(events)} peristiwa, tidak satu pun terhitung sebagai “${conversion}”. Bagian yang membagi konversi di antara kanal karena itu tidak disertakan.`,
      noConversionSteps: [
        'Hitung sesuatu yang terjadi lebih awal: `--conversion add_to_cart` atau `--conversion stage:decision`.',
        'Lihat tahap mana saja yang tercapai: `jejak journeys events`.',
      ],
    },
    missing: {
      title: 'Tidak ada dalam laporan ini',
      lead: 'Gambar-gambar berikut tidak memiliki data untuk ditampilkan. Yang dibutuhkan masing-masing:',
      needs: {
        headline: 'Sekilas: perjalanan pelanggan.',
        'journey-map': 'Peta perjalanan pelanggan: data peristiwa, bukan hanya tabel jalur.',
        'model-credit': 'Kredit menurut kanal dan model: konversi yang didahului kontak.',
        'stage-funnel': 'Seberapa jauh orang melangkah: data peristiwa.',
        'stage-heat': 'Kanal menurut tahap: peristiwa dalam sesi yang kanalnya diketahui.',
        'stage-credit': 'Yang mengantar ke tahap berikutnya: orang yang berpindah dari satu tahap ke tahap lain.',
        'path-flow': 'Aliran jalur: perjalanan dengan kontak.',
        'top-paths': 'Jalur tersering: perjalanan dengan kontak.',
        'channel-roles': 'Peran kanal: konversi yang didahului kontak.',
        'markov-graph': 'Perpindahan antarkanal: perjalanan dengan kontak yang sebagian berujung konversi.',
        'removal-effects': 'Efek penghapusan kanal: perjalanan dengan kontak yang sebagian berujung konversi.',
        'time-to-convert': 'Waktu hingga konversi: konversi yang didahului kontak bertanggal.',
        'touches-to-convert': 'Jumlah kontak hingga konversi: konversi yang didahului kontak.',
        'lag-decay': 'Usia kontak: konversi yang didahului kontak bertanggal.',
        'weekly-trend': 'Mingguan: konversi dalam dua minggu atau lebih.',
        cohorts: 'Pembelian pertama dan ulang: pembelian oleh pelanggan yang dapat dikenali.',
        satisfaction: 'Kepuasan: jawaban survei yang dikirim sebagai `submit_survey`, atau ulasan.',
        friction: 'Hambatan: galat halaman, pembayaran gagal, dan kecepatan halaman yang terukur.',
        fulfilment: 'Pengiriman: pesanan yang diikuti `order_shipped` dan `order_delivered` dari sistem toko.',
        'data-health': 'Kesehatan data: data peristiwa, bukan hanya tabel jalur.',
      },
    },
  },
}
