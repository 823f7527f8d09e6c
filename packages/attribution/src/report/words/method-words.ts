import type { InLanguages } from './language.ts'

/** How the numbers came about, for who wants to believe them. */
export interface MethodWords {
  readonly title: string
  rules(minimum: number, level: string | undefined): readonly string[]
  readonly models: Readonly<Record<string, string>>
  readonly otherModel: string
}

export const methodWords: InLanguages<MethodWords> = {
  en: {
    title: 'How this was counted',
    rules: (minimum, level) => [
      'A person is a visitor, or all visitors that turned out to be the same user. A contact is one arrival from outside; coming back from a payment page is none.',
      'A conversion is credited to the contacts in its look-back window, 90 days unless another was asked for. Credit is a way to share out what happened. It is not proof that a channel caused it: only an experiment is.',
      ...(level === undefined
        ? []
        : [
            `Intervals hold ${level} of what the same model would have said of other people drawn by chance from the same crowd. They say nothing of whether the model is right.`,
          ]),
      `Groups of fewer than ${minimum} people are not shown, so that nobody can be made out.`,
    ],
    models: {
      'first-touch': 'All credit goes to the first contact.',
      'last-touch': 'All credit goes to the last contact.',
      'last-non-direct': 'All credit goes to the last contact that was no direct visit.',
      linear: 'All contacts share equally.',
      position: 'The first and the last contact get most, those between share the rest.',
      'time-decay': 'The nearer to the conversion, the more: credit halves with every half-life.',
      markov: 'Journeys as a chain of steps: a channel’s credit is what would be lost if nobody got past it.',
      shapley: 'A channel’s credit is what it adds, on average over every order in which channels could have joined.',
    },
    otherModel: 'See the documentation of attribution models.',
  },
  id: {
    title: 'Bagaimana angka ini dihitung',
    rules: (minimum, level) => [
      'Satu orang adalah satu pengunjung, atau semua pengunjung yang ternyata pengguna yang sama. Kontak adalah satu kedatangan dari luar; kembali dari halaman pembayaran tidak dihitung sebagai kontak.',
      'Kredit konversi dibagikan kepada kontak dalam rentang waktu sebelum konversi, yaitu 90 hari kecuali ditentukan lain. Kredit adalah cara membagi hasil yang telah terjadi, bukan bukti bahwa suatu kanal menyebabkannya; itu hanya dapat ditunjukkan oleh eksperimen.',
      ...(level === undefined
        ? []
        : [
            `Rentang memuat ${level} dari jawaban model yang sama seandainya orang yang datang diundi kembali dari kerumunan yang sama. Rentang tidak mengatakan apakah modelnya benar.`,
          ]),
      `Kelompok yang berisi kurang dari ${minimum} orang tidak ditampilkan agar tidak ada yang dapat dikenali.`,
    ],
    models: {
      'first-touch': 'Seluruh kredit untuk kontak pertama.',
      'last-touch': 'Seluruh kredit untuk kontak terakhir.',
      'last-non-direct': 'Seluruh kredit untuk kontak terakhir yang bukan kunjungan langsung.',
      linear: 'Semua kontak mendapat bagian yang sama.',
      position: 'Kontak pertama dan terakhir mendapat bagian terbesar, kontak di antaranya berbagi sisanya.',
      'time-decay': 'Makin dekat dengan konversi makin besar: kredit menjadi separuh setiap satu waktu paruh.',
      markov:
        'Perjalanan sebagai rantai langkah: kredit sebuah kanal adalah yang hilang seandainya tidak ada yang melewatinya.',
      shapley:
        'Kredit sebuah kanal adalah tambahan yang dibawanya, dirata-ratakan atas semua urutan bergabungnya kanal.',
    },
    otherModel: 'Lihat dokumentasi model atribusi.',
  },
}
