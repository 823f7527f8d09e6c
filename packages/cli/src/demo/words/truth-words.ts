import type { InLanguages } from './language.ts'

/** What the page says that puts the models beside the truth. */
export interface TruthWords {
  readonly title: string
  readonly back: string
  readonly skip: string
  readonly nothing: string
  readonly nothingLink: string
  readonly known: string
  readonly facts: {
    readonly visitors: string
    readonly orders: string
    readonly expected: string
    readonly anyway: string
  }
  readonly verdict: string
  readonly nearest: string
  readonly noneIsNear: string
  readonly biggest: string
  readonly anywayText: string
  readonly chance: string
  readonly pictureTitle: string
  readonly truth: string
  readonly nearestModel: string
  readonly otherModels: string
  readonly modelsTitle: string
  readonly modelsCaption: string
  readonly model: string
  readonly misplaced: string
  readonly creditsTitle: string
  readonly creditsCaption: string
  readonly channel: string
  readonly points: string
  readonly meaningTitle: string
  readonly meaning: string
  readonly again: string
  readonly report: string
}

export const TRUTH_WORDS: InLanguages<TruthWords> = {
  en: {
    title: 'Models against truth',
    back: 'Back to the live journeys',
    skip: 'Skip to the content',
    nothing: 'The simulated visitors have not come yet, and of real ones nobody knows the truth.',
    nothingLink: 'Let 500 visitors come, then look here again.',
    known:
      'These visitors were simulated, so it is known what each channel truly caused: their world was lived again without it, with all other luck the same, and the orders that were missing were counted. Of real customers only an experiment tells that. The models saw what they see in a real shop: the events that the collector has stored, and nothing of the truth.',
    facts: {
      visitors: 'simulated visitors',
      orders: 'first orders',
      expected: 'to be expected in this world',
      anyway: 'without any channel at all',
    },
    verdict: 'Which model comes near?',
    nearest:
      '{best} comes nearest: {bestShare} of its credit is at the wrong channel. {worst} is farthest off, with {worstShare}.',
    noneIsNear:
      'None of them is near. In this world people who want something already search, type the address and are followed by advertisements; whoever counts contacts takes that for merit.',
    biggest:
      '{channel} caused {share} of what the channels brought. {best} gives it {bestShare}, {worst} {worstShare}.',
    anywayText:
      '{anyway} of {expected} orders to be expected would have come with no channel at all. No model here can know that: each shares out every order.',
    chance: 'Five hundred visitors are few. With other luck another model may come out first; the big mistakes stay.',
    pictureTitle: 'Share of each channel: the truth and the models',
    truth: 'truth',
    nearestModel: '{model}, the nearest',
    otherModels: 'other models',
    modelsTitle: 'How much credit is in the wrong place',
    modelsCaption: 'Part of each model’s credit that is at the wrong channel, the nearest model first',
    model: 'model',
    misplaced: 'misplaced',
    creditsTitle: 'Every number',
    creditsCaption:
      'Share of the credit by channel and model; below it, how many percentage points that is above or below the truth',
    channel: 'channel',
    points: 'points',
    meaningTitle: 'The world they live in',
    meaning:
      'Paid Video works slowly and long, Email fast and briefly, Paid Social well, Display a little, Affiliates not at all. People search and come directly because they want something already, and retargeting (here “Paid Other”) runs after them. Video and Email do more together than each alone; there are weekends and a season.',
    again: 'More people, other luck, other worlds, in your terminal:',
    report: 'Open the report',
  },
  id: {
    title: 'Model dan kebenaran',
    back: 'Kembali ke perjalanan langsung',
    skip: 'Langsung ke isi',
    nothing: 'Pengunjung simulasi belum datang, dan tentang pengunjung nyata tak seorang pun tahu kebenarannya.',
    nothingLink: 'Datangkan 500 pengunjung, lalu lihat lagi ke sini.',
    known:
      'Pengunjung ini hasil simulasi, jadi diketahui apa yang sebenarnya ditimbulkan setiap kanal: dunia mereka dijalani lagi tanpanya, dengan semua nasib lain tetap sama, lalu dihitung pesanan yang hilang. Untuk pelanggan nyata hanya percobaan yang bisa menjawabnya. Model melihat apa yang dilihatnya di toko nyata: peristiwa yang disimpan kolektor, tanpa tahu kebenarannya.',
    facts: {
      visitors: 'pengunjung simulasi',
      orders: 'pesanan pertama',
      expected: 'diharapkan di dunia ini',
      anyway: 'tanpa kanal apa pun',
    },
    verdict: 'Model mana yang mendekati?',
    nearest:
      '{best} paling dekat: {bestShare} kreditnya ada di kanal yang salah. {worst} paling jauh, dengan {worstShare}.',
    noneIsNear:
      'Tidak satu pun benar-benar dekat. Di dunia ini orang yang sudah ingin membeli akan mencari, mengetik alamat, lalu diikuti iklan; siapa yang menghitung kontak mengira itu jasa kanalnya.',
    biggest:
      '{channel} menimbulkan {share} dari yang dibawa semua kanal. {best} memberinya {bestShare}, {worst} {worstShare}.',
    anywayText:
      '{anyway} dari {expected} pesanan yang diharapkan akan datang tanpa kanal apa pun. Tidak ada model di sini yang bisa tahu: semuanya membagi habis setiap pesanan.',
    chance:
      'Lima ratus pengunjung itu sedikit. Dengan nasib lain bisa saja model lain yang unggul; kesalahan besarnya tetap.',
    pictureTitle: 'Bagian setiap kanal: kebenaran dan model',
    truth: 'kebenaran',
    nearestModel: '{model}, yang terdekat',
    otherModels: 'model lain',
    modelsTitle: 'Berapa banyak kredit yang salah tempat',
    modelsCaption: 'Bagian kredit setiap model yang ada di kanal yang salah, model terdekat lebih dulu',
    model: 'model',
    misplaced: 'salah tempat',
    creditsTitle: 'Semua angka',
    creditsCaption:
      'Bagian kredit menurut kanal dan model; di bawahnya, berapa poin persen di atas atau di bawah kebenaran',
    channel: 'kanal',
    points: 'poin',
    meaningTitle: 'Dunia tempat mereka hidup',
    meaning:
      'Paid Video bekerja pelan dan lama, Email cepat dan sebentar, Paid Social baik, Display sedikit, Affiliates tidak sama sekali. Orang mencari dan datang langsung karena memang sudah ingin, dan retargeting (di sini “Paid Other”) mengejar mereka. Video dan Email bersama berbuat lebih dari masing-masing; ada akhir pekan dan musim.',
    again: 'Lebih banyak orang, nasib lain, dunia lain, di terminal Anda:',
    report: 'Buka laporan',
  },
}
