import type { DropReason } from '@jejak/events'
import type { SatisfactionKind } from '../facts/satisfaction-kind.ts'
import type { Formats } from './formats.ts'
import type { InLanguages } from './language.ts'

interface Delivered {
  readonly delivered: number
  readonly promised: number
  readonly late: number
  readonly medianDays: number | null
}

interface HealthCheck {
  readonly name: string
  /** What to do where it is not fine. */
  readonly advice: string
}

export type HealthWords = Readonly<
  Record<
    | 'consent'
    | 'direct'
    | 'unassigned'
    | 'lost'
    | 'joined'
    | 'bots'
    | 'doubles'
    | 'badRows'
    | 'duplicates'
    | 'skew'
    | 'delay'
    | 'dropped',
    HealthCheck
  >
>

/** The words of the pictures of satisfaction, friction, delivery and the data themselves. */
export interface QualityWords {
  few(minimum: number, formats: Formats): string
  readonly dropReasons: Readonly<Record<DropReason, string>>
  readonly satisfactionTitle: string
  readonly satisfactionNote: string
  readonly survey: string
  readonly kinds: Readonly<Record<SatisfactionKind, string>>
  readonly scores: Readonly<
    Record<SatisfactionKind, (score: string, range: string, answers: number, formats: Formats) => string>
  >
  bestChannel(best: string, bestScore: string, worst: string, worstScore: string): string
  readonly everybody: string
  readonly group: string
  readonly score: string
  readonly interval: string
  readonly answers: string
  readonly frictionTitle: string
  readonly frictionNote: string
  friction(name: string, withIt: string, without: string, stage: string): string
  met(people: number, formats: Formats): string
  readonly withIt: string
  readonly withoutIt: string
  readonly people: string
  readonly inTheWay: string
  readonly slow: string
  readonly fulfilmentTitle: string
  readonly fulfilmentCaption: string
  fulfilmentNote(failed: number, returned: number, withoutPromise: number, formats: Formats): string
  fulfilment(facts: Delivered, formats: Formats): string
  lateness(days: number, formats: Formats): string
  readonly daysLate: string
  readonly orders: string
  readonly satisfied: string
  readonly boughtAgain: string
  readonly healthTitle: string
  healthSentence(open: readonly string[], formats: Formats): string
  readonly fine: string
  readonly look: string
  readonly health: HealthWords
}

export const qualityWords: InLanguages<QualityWords> = {
  en: {
    few: (minimum, formats) => `<${formats.number(minimum)}`,
    dropReasons: {
      consent: 'consent withdrawn',
      overflow: 'too many waiting',
      too_large: 'too large',
      refused: 'refused by the collector',
      unreadable: 'could not be written',
      filtered: 'left out by the shop',
    },
    satisfactionTitle: 'Satisfaction',
    satisfactionNote:
      'Lines are 95% intervals. Answers come from those who chose to answer; channels are those of the first contact, which says nothing of what made people content.',
    survey: 'Survey',
    kinds: { nps: 'NPS', csat: 'CSAT', ces: 'CES', rating: 'Ratings' },
    scores: {
      nps: (score, range, answers, formats) =>
        `The Net Promoter Score is ${score} (95% interval ${range}) from ${formats.number(answers)} answers.`,
      csat: (score, range, answers, formats) =>
        `${score} are satisfied (95% interval ${range}) of ${formats.number(answers)} who answered.`,
      ces: (score, range, answers, formats) =>
        `The mean effort score is ${score} (95% interval ${range}) from ${formats.number(answers)} answers.`,
      rating: (score, range, answers, formats) =>
        `The mean rating is ${score} (95% interval ${range}) from ${formats.number(answers)} reviews.`,
    },
    bestChannel: (best, bestScore, worst, worstScore) =>
      `By first channel it is highest for ${best} (${bestScore}) and lowest for ${worst} (${worstScore}).`,
    everybody: 'Everybody',
    group: 'Of whom',
    score: 'Score',
    interval: '95% interval',
    answers: 'Answers',
    frictionTitle: 'What got in the way',
    frictionNote:
      'Compared are people who came as far as the decision; only what they met before converting counts. Who meets a fault may differ in more than the fault: this shows where to look, not what it costs.',
    friction: (name, withIt, without, stage) =>
      `The widest gap is at “${name}”: ${withIt} of those who met it converted, and ${without} of those who did not, among people who came to ${stage}.`,
    met: (people, formats) => `${formats.number(people)} people`,
    withIt: 'met it',
    withoutIt: 'did not',
    people: 'people',
    inTheWay: 'In the way',
    slow: 'Slow page',
    fulfilmentTitle: 'Delivery against its promise',
    fulfilmentCaption: 'Orders by days late',
    fulfilmentNote: (failed, returned, withoutPromise, formats) =>
      `Below 0 is early. Failed attempts: ${formats.number(failed)}; returned: ${formats.number(returned)}; delivered without a promised day: ${formats.number(withoutPromise)}. Late orders often wait longer for everything, so what goes with lateness is not only its doing. Who could have bought again is whose order came 90 days before the end of the data or earlier.`,
    fulfilment: ({ delivered, promised, late, medianDays }, formats) =>
      `${medianDays === null ? `${formats.number(delivered)} orders were delivered` : `Of ${formats.number(delivered)} delivered orders half arrived within ${formats.number(medianDays, 1)} days`}${promised === 0 ? '; none had a promised day.' : `; ${formats.share(late / promised)} of those with a promised day came after it.`}`,
    lateness: (days, formats) => (days > 0 ? `+${formats.number(days)}` : formats.number(days)),
    daysLate: 'Days late',
    orders: 'Orders',
    satisfied: 'Satisfied (CSAT)',
    boughtAgain: 'Bought again in 90 days',
    healthTitle: 'How sound the data are',
    healthSentence: (open, formats) =>
      open.length === 0 ? 'Nothing in the data stands out.' : `Worth a look: ${formats.list(open)}.`,
    fine: '✓ Fine.',
    look: '! Look at it.',
    health: {
      consent: {
        name: 'events with full consent',
        advice: 'Half of what happens is seen in part only: mind it when comparing channels.',
      },
      direct: {
        name: 'contacts without a known origin (Direct)',
        advice: 'Tag links in mails, messages and QR codes with utm parameters.',
      },
      unassigned: {
        name: 'contacts that fit no channel',
        advice: 'Look at their utm_medium: a typing mistake is the usual cause.',
      },
      lost: {
        name: 'visitors whose earlier visits are not known',
        advice: 'Browsers forget; ask people to sign in, or let the collector set a cookie.',
      },
      joined: { name: 'people known by more than one device', advice: '' },
      bots: { name: 'events of programs, left out', advice: 'See who they are: user_agent in the events.' },
      doubles: {
        name: 'events that came twice and counted once',
        advice: 'Many mean that answers of the collector get lost: see its log.',
      },
      badRows: { name: 'rows that could not be read', advice: 'The command names each with file and line.' },
      duplicates: { name: 'orders told again and not counted', advice: '' },
      skew: {
        name: 'clocks that were corrected, by how much',
        advice: 'Times of some devices are far off; orders of events on them are less sure.',
      },
      delay: { name: 'time from the event to its arrival', advice: 'Events wait long: is the collector reached?' },
      dropped: { name: 'events given up by trackers', advice: 'docs/delivery.md says what each reason means.' },
    },
  },
  id: {
    few: (minimum, formats) => `<${formats.number(minimum)}`,
    dropReasons: {
      consent: 'izin ditarik',
      overflow: 'terlalu banyak yang menunggu',
      too_large: 'terlalu besar',
      refused: 'ditolak kolektor',
      unreadable: 'tidak dapat ditulis',
      filtered: 'disaring toko',
    },
    satisfactionTitle: 'Kepuasan',
    satisfactionNote:
      'Garis menunjukkan interval 95%. Jawaban hanya datang dari mereka yang mau menjawab; kanal adalah kanal kontak pertama, dan itu tidak menjelaskan apa yang membuat orang puas.',
    survey: 'Survei',
    kinds: { nps: 'NPS', csat: 'CSAT', ces: 'CES', rating: 'Ulasan' },
    scores: {
      nps: (score, range, answers, formats) =>
        `Net Promoter Score sebesar ${score} (interval 95% ${range}) dari ${formats.number(answers)} jawaban.`,
      csat: (score, range, answers, formats) =>
        `${score} merasa puas (interval 95% ${range}) dari ${formats.number(answers)} yang menjawab.`,
      ces: (score, range, answers, formats) =>
        `Rata-rata skor usaha ${score} (interval 95% ${range}) dari ${formats.number(answers)} jawaban.`,
      rating: (score, range, answers, formats) =>
        `Rata-rata nilai ${score} (interval 95% ${range}) dari ${formats.number(answers)} ulasan.`,
    },
    bestChannel: (best, bestScore, worst, worstScore) =>
      `Menurut kanal pertama, tertinggi pada ${best} (${bestScore}) dan terendah pada ${worst} (${worstScore}).`,
    everybody: 'Semua',
    group: 'Kelompok',
    score: 'Skor',
    interval: 'Interval 95%',
    answers: 'Jawaban',
    frictionTitle: 'Yang menghambat',
    frictionNote:
      'Yang dibandingkan adalah orang yang sampai pada tahap keputusan; hanya hambatan sebelum konversi yang dihitung. Mereka yang mengalami hambatan bisa berbeda dalam hal lain: gambar ini menunjukkan di mana perlu diperiksa, bukan berapa kerugiannya.',
    friction: (name, withIt, without, stage) =>
      `Selisih terbesar ada pada “${name}”: ${withIt} dari yang mengalaminya berkonversi, dan ${without} dari yang tidak, di antara orang yang sampai pada tahap ${stage}.`,
    met: (people, formats) => `${formats.number(people)} orang`,
    withIt: 'mengalami',
    withoutIt: 'tidak mengalami',
    people: 'orang',
    inTheWay: 'Hambatan',
    slow: 'Halaman lambat',
    fulfilmentTitle: 'Pengiriman dibandingkan janji',
    fulfilmentCaption: 'Pesanan menurut hari keterlambatan',
    fulfilmentNote: (failed, returned, withoutPromise, formats) =>
      `Di bawah 0 berarti lebih awal. Percobaan gagal: ${formats.number(failed)}; dikembalikan: ${formats.number(returned)}; tiba tanpa hari yang dijanjikan: ${formats.number(withoutPromise)}. Yang menyertai keterlambatan belum tentu disebabkan olehnya. Yang bisa membeli lagi adalah yang pesanannya tiba 90 hari sebelum akhir data atau lebih awal.`,
    fulfilment: ({ delivered, promised, late, medianDays }, formats) =>
      `${medianDays === null ? `${formats.number(delivered)} pesanan tiba` : `Dari ${formats.number(delivered)} pesanan yang tiba, separuhnya tiba dalam ${formats.number(medianDays, 1)} hari`}${promised === 0 ? '; tidak ada yang memiliki janji hari.' : `; ${formats.share(late / promised)} dari yang memiliki janji hari tiba setelahnya.`}`,
    lateness: (days, formats) => (days > 0 ? `+${formats.number(days)}` : formats.number(days)),
    daysLate: 'Hari terlambat',
    orders: 'Pesanan',
    satisfied: 'Puas (CSAT)',
    boughtAgain: 'Membeli lagi dalam 90 hari',
    healthTitle: 'Kesehatan data',
    healthSentence: (open, formats) =>
      open.length === 0 ? 'Tidak ada yang mencolok pada data ini.' : `Perlu diperiksa: ${formats.list(open)}.`,
    fine: '✓ Baik.',
    look: '! Periksa.',
    health: {
      consent: {
        name: 'peristiwa dengan persetujuan penuh',
        advice: 'Separuh kejadian hanya terlihat sebagian: ingat ini saat membandingkan kanal.',
      },
      direct: {
        name: 'kontak tanpa asal yang diketahui (Direct)',
        advice: 'Beri parameter utm pada tautan di surel, pesan, dan kode QR.',
      },
      unassigned: {
        name: 'kontak yang tidak cocok dengan kanal mana pun',
        advice: 'Periksa utm_medium: biasanya karena salah ketik.',
      },
      lost: {
        name: 'pengunjung yang kunjungan sebelumnya tidak diketahui',
        advice: 'Peramban bisa lupa; ajak orang masuk akun, atau biarkan kolektor memasang kuki.',
      },
      joined: { name: 'orang yang dikenal lewat lebih dari satu perangkat', advice: '' },
      bots: { name: 'peristiwa dari program, tidak dihitung', advice: 'Lihat asalnya pada user_agent.' },
      doubles: {
        name: 'peristiwa yang datang dua kali dan dihitung sekali',
        advice: 'Jika banyak, jawaban kolektor sering hilang: lihat catatannya.',
      },
      badRows: { name: 'baris yang tidak dapat dibaca', advice: 'Perintahnya menyebut setiap baris dan berkasnya.' },
      duplicates: { name: 'pesanan yang dilaporkan ulang dan tidak dihitung', advice: '' },
      skew: {
        name: 'jam perangkat yang dikoreksi, sebesar',
        advice: 'Jam beberapa perangkat jauh melenceng; urutan peristiwanya kurang pasti.',
      },
      delay: {
        name: 'waktu dari peristiwa hingga tiba',
        advice: 'Peristiwa lama menunggu: apakah kolektor dapat dijangkau?',
      },
      dropped: {
        name: 'peristiwa yang dilepas oleh pelacak',
        advice: 'docs/delivery.md menjelaskan setiap alasannya.',
      },
    },
  },
}
