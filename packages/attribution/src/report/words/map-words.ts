import type { Formats } from './formats.ts'
import type { InLanguages } from './language.ts'

/** Something that stands out among the stages; `isTied` where another stands out as much. */
export interface OutstandingStage {
  readonly name: string
  readonly isTied: boolean
}

/** The words of the journey map in its four readings. */
export interface MapWords {
  readonly title: string
  readonly choice: string
  readonly current: string
  readonly day: string
  readonly future: string
  readonly blueprint: string
  readonly note: string
  readonly region: string
  few(minimum: number, formats: Formats): string
  tooFew(minimum: number, formats: Formats): string

  readonly stage: string
  readonly volume: string
  readonly did: string
  readonly pages: string
  readonly channels: string
  readonly feeling: string
  readonly friction: string
  readonly organisation: string
  readonly time: string
  readonly dropOff: string
  readonly events: string
  readonly answers: string
  readonly nothing: string
  readonly lastStage: string
  people(count: number, formats: Formats): string
  stayed(count: string, share: string): string
  feelingOf(mean: string, interval: string, answers: string): string
  readonly nobodyAnswered: string
  readonly feelingTitle: string
  readonly feelingDesc: string
  mostPeople(stage: OutstandingStage, people: number, formats: Formats): string
  mostStayed(stage: OutstandingStage, stayed: number, people: number, formats: Formats): string
  feltIn(name: string, mean: string): string
  feltBetween(best: OutstandingStage, high: string, worst: OutstandingStage, low: string): string

  readonly dayCaption: string
  readonly weekday: string
  /** Monday first. */
  readonly weekdays: readonly string[]
  readonly weekdaysShort: readonly string[]
  busiest(day: string, hour: string, events: number, isTied: boolean, formats: Formats): string
  busiestIn(stage: string, day: string, hour: string, events: number, isTied: boolean, formats: Formats): string
  timeZone(zone: string): string
  readonly dayTitle: string
  readonly shades: string

  readonly futureCaption: string
  readonly from: string
  readonly to: string
  readonly probability: string
  readonly nothingYet: string
  half(duration: string): string
  readonly peopleColumn: string
  likelyNext(from: string, to: OutstandingStage, share: string): string
  likelyNothing(from: string, share: string): string
  readonly noNext: string

  readonly blueprintCaption: string
  readonly customer: string
  readonly front: string
  readonly back: string
  readonly interaction: string
  readonly visibility: string
  blueprintOf(seen: number, front: number, back: number, formats: Formats): string
}

const en: MapWords = {
  title: 'Customer journey map',
  choice: 'Reading',
  current: 'As it is',
  day: 'Day in the life',
  future: 'What comes next',
  blueprint: 'Service blueprint',
  note: 'A person counts once in each stage, by when they first reached it; stages can be skipped. “Not further yet” are those not seen in a later stage by the end of the data: some may still go on. Feelings are answers to surveys and ratings put on one scale from −2 to +2, with intervals at 95%.',
  region: 'Journey map, may be wider than the page: scroll sideways',
  few: (minimum, formats) => `<${formats.number(minimum)}`,
  tooFew: (minimum, formats) => `Every stage has fewer than ${formats.number(minimum)} people: too few to be shown.`,
  stage: 'Stage',
  volume: 'People',
  did: 'What they did',
  pages: 'Pages seen',
  channels: 'Came through',
  feeling: 'How they felt',
  friction: 'What got in the way',
  organisation: 'What we did',
  time: 'Time to next stage',
  dropOff: 'Not further yet',
  events: 'Events',
  answers: 'Answers',
  nothing: '–',
  lastStage: 'last stage',
  people: (count, formats) => formats.plural(count, { one: 'person', other: 'people' }),
  stayed: (count, share) => `${count} people, ${share}`,
  feelingOf: (mean, interval, answers) => `${mean} (${interval}), answers: ${answers}`,
  nobodyAnswered: 'no answers',
  feelingTitle: 'How customers felt from stage to stage',
  feelingDesc: 'A curve from −2, very bad, to +2, very good, with intervals; broken where nobody answered.',
  mostPeople: (stage, people, formats) =>
    `${
      stage.isTied ? `No stage was reached by more people than ${stage.name}` : `Most people were seen in ${stage.name}`
    } (${formats.number(people)}).`,
  mostStayed: (stage, stayed, people, formats) =>
    `${
      stage.isTied
        ? `Nowhere did a larger share go no further than in ${stage.name}`
        : `The largest share went no further in ${stage.name}`
    }: ${formats.number(stayed)} of ${formats.number(people)} (${formats.share(stayed / people)}).`,
  feltIn: (name, mean) =>
    `Only ${name} has enough answers about feelings to be shown: ${mean} on average, from −2 to +2.`,
  feltBetween: (best, high, worst, low) =>
    `Answers were best in ${best.name} (${high})${best.isTied ? ' and elsewhere' : ''} and worst in ${worst.name} (${low})${worst.isTied ? ' and elsewhere' : ''}, from −2 to +2.`,
  dayCaption: 'Events by stage, weekday and hours of the day',
  weekday: 'Weekday',
  weekdays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
  weekdaysShort: ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'],
  busiest: (day, hour, events, isTied, formats) =>
    `${isTied ? 'Among the busiest' : 'Busiest'}: ${day}, ${hour} (${formats.number(events)} ${formats.plural(events, { one: 'event', other: 'events' })})`,
  busiestIn: (stage, day, hour, events, isTied, formats) =>
    `${stage} has the most events; ${isTied ? 'no time of its week had more than' : 'its busiest time of the week was'} ${day}, ${hour} (${formats.number(events)}).`,
  timeZone: zone => `Hours in ${zone}.`,
  dayTitle: 'Events by weekday and hour',
  shades: 'The stronger its colour, the more events a cell has, by the busiest time of its own stage.',
  futureCaption: 'What came next from each stage',
  from: 'From',
  to: 'To',
  probability: 'Share',
  nothingYet: 'Nothing further yet',
  half: duration => `half within ${duration}`,
  peopleColumn: 'People',
  likelyNext: (from, to, share) =>
    to.isTied
      ? `From ${from}, no stage comes next more often than ${to.name} (${share}).`
      : `From ${from}, ${to.name} most often comes next (${share}).`,
  likelyNothing: (from, share) => `From ${from}, most often nothing further has been seen yet (${share}).`,
  noNext: 'Nobody has been seen going from one stage to another.',
  blueprintCaption: 'What customers and the organisation did',
  customer: 'Customers',
  front: 'Front stage',
  back: 'Back stage',
  interaction: 'Line of interaction',
  visibility: 'Line of visibility',
  blueprintOf: (seen, front, back, formats) =>
    front + back === 0
      ? 'What the organisation did is not in the data: only what customers did is known.'
      : `Something the organisation did is known in ${formats.number(seen)} ${formats.plural(seen, { one: 'stage', other: 'stages' })}: where customers see it in ${formats.number(front)}, behind the scenes in ${formats.number(back)}.`,
}

const id: MapWords = {
  title: 'Peta perjalanan pelanggan',
  choice: 'Sudut pandang',
  current: 'Keadaan sekarang',
  day: 'Keseharian',
  future: 'Langkah berikutnya',
  blueprint: 'Cetak biru layanan',
  note: 'Setiap orang dihitung sekali di setiap tahap, sejak pertama kali mencapainya; tahap boleh terlewati. “Belum lanjut” adalah mereka yang belum terlihat di tahap berikutnya sampai akhir data: sebagian mungkin masih akan lanjut. Perasaan berasal dari jawaban survei dan penilaian yang disetarakan pada skala −2 sampai +2, dengan selang 95%.',
  region: 'Peta perjalanan, mungkin lebih lebar dari halaman: geser ke samping',
  few: (minimum, formats) => `<${formats.number(minimum)}`,
  tooFew: (minimum, formats) =>
    `Setiap tahap berisi kurang dari ${formats.number(minimum)} orang, terlalu sedikit untuk ditampilkan.`,
  stage: 'Tahap',
  volume: 'Orang',
  did: 'Yang dilakukan pelanggan',
  pages: 'Halaman yang dilihat',
  channels: 'Datang melalui',
  feeling: 'Perasaan pelanggan',
  friction: 'Rintangan',
  organisation: 'Yang kami lakukan',
  time: 'Waktu ke tahap berikut',
  dropOff: 'Belum lanjut',
  events: 'Peristiwa',
  answers: 'Jawaban',
  nothing: '–',
  lastStage: 'tahap terakhir',
  people: () => 'orang',
  stayed: (count, share) => `${count} orang, ${share}`,
  feelingOf: (mean, interval, answers) => `${mean} (${interval}), jawaban: ${answers}`,
  nobodyAnswered: 'tanpa jawaban',
  feelingTitle: 'Perasaan pelanggan dari tahap ke tahap',
  feelingDesc:
    'Kurva dari −2, sangat buruk, sampai +2, sangat baik, beserta selangnya; terputus bila tidak ada jawaban.',
  mostPeople: (stage, people, formats) =>
    `${
      stage.isTied
        ? `Tidak ada tahap yang dicapai lebih banyak orang daripada ${stage.name}`
        : `Tahap dengan orang terbanyak adalah ${stage.name}`
    } (${formats.number(people)}).`,
  mostStayed: (stage, stayed, people, formats) =>
    `${
      stage.isTied
        ? `Tidak ada tahap dengan bagian belum lanjut yang lebih besar daripada ${stage.name}`
        : `Bagian terbesar yang belum lanjut ada di ${stage.name}`
    }: ${formats.number(stayed)} dari ${formats.number(people)} (${formats.share(stayed / people)}).`,
  feltIn: (name, mean) =>
    `Hanya ${name} yang jawabannya tentang perasaan cukup untuk ditampilkan: rata-rata ${mean}, dari −2 sampai +2.`,
  feltBetween: (best, high, worst, low) =>
    `Jawaban terbaik ada di ${best.name} (${high})${best.isTied ? ' dan tahap lain' : ''}, terburuk di ${worst.name} (${low})${worst.isTied ? ' dan tahap lain' : ''}, dari −2 sampai +2.`,
  dayCaption: 'Peristiwa menurut tahap, hari, dan jam',
  weekday: 'Hari',
  weekdays: ['Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu', 'Minggu'],
  weekdaysShort: ['Sn', 'Sl', 'Rb', 'Km', 'Jm', 'Sb', 'Mg'],
  busiest: (day, hour, events, isTied, formats) =>
    `${isTied ? 'Salah satu yang teramai' : 'Teramai'}: ${day}, ${hour} (${formats.number(events)} peristiwa)`,
  busiestIn: (stage, day, hour, events, isTied, formats) =>
    `Peristiwa terbanyak ada di ${stage}; ${isTied ? 'tidak ada waktu yang lebih ramai daripada' : 'waktu teramainya dalam sepekan adalah'} ${day}, ${hour} (${formats.number(events)}).`,
  timeZone: zone => `Jam menurut ${zone}.`,
  dayTitle: 'Peristiwa menurut hari dan jam',
  shades: 'Makin pekat sebuah sel, makin banyak peristiwanya, dibandingkan dengan waktu teramai di tahap yang sama.',
  futureCaption: 'Langkah berikutnya dari setiap tahap',
  from: 'Dari',
  to: 'Ke',
  probability: 'Bagian',
  nothingYet: 'Belum ada lanjutan',
  half: duration => `separuhnya dalam ${duration}`,
  peopleColumn: 'Orang',
  likelyNext: (from, to, share) =>
    to.isTied
      ? `Dari ${from}, tidak ada tahap lanjutan yang lebih sering daripada ${to.name} (${share}).`
      : `Dari ${from}, lanjutan yang paling sering adalah ${to.name} (${share}).`,
  likelyNothing: (from, share) => `Dari ${from}, paling sering belum terlihat lanjutannya (${share}).`,
  noNext: 'Belum ada orang yang terlihat berpindah dari satu tahap ke tahap lain.',
  blueprintCaption: 'Yang dilakukan pelanggan dan organisasi',
  customer: 'Pelanggan',
  front: 'Panggung depan',
  back: 'Panggung belakang',
  interaction: 'Garis interaksi',
  visibility: 'Garis visibilitas',
  blueprintOf: (seen, front, back, formats) =>
    front + back === 0
      ? 'Tindakan organisasi tidak ada dalam data: yang diketahui hanya tindakan pelanggan.'
      : `Tindakan organisasi diketahui di ${formats.number(seen)} tahap: yang terlihat pelanggan di ${formats.number(front)}, yang di balik layar di ${formats.number(back)}.`,
}

export const mapWords: InLanguages<MapWords> = { en, id }
