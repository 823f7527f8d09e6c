import type { JourneyStage } from '@jejak/events'
import type { Counted, InLanguages } from './language.ts'

/** What the live page says, its script included: plain data, so that it can be written into the page. */
export interface LiveWords {
  readonly title: string
  readonly subtitle: string
  readonly skip: string
  readonly totals: {
    readonly visitors: string
    readonly events: string
    readonly orders: string
    readonly value: string
  }
  readonly simulate: string
  readonly simulating: string
  readonly simulated: string
  readonly simulatedBefore: string
  readonly failed: string
  readonly offlineFirst: string
  readonly truth: string
  readonly report: string
  readonly language: string
  readonly show: string
  readonly shop: string
  readonly journeys: string
  readonly arriveBy: string
  readonly arrivals: {
    readonly instagram: string
    readonly google: string
    readonly newsletter: string
    readonly assistant: string
    readonly typed: string
  }
  readonly typedAgain: string
  readonly newVisitor: string
  readonly awaited: string
  readonly pageShown: string
  readonly notInShop: string
  readonly hint: string
  readonly theShop: string
  readonly goOffline: string
  readonly goOnline: string
  readonly offline: string
  readonly waiting: Counted
  readonly nothingWaits: string
  readonly backOnline: string
  readonly arrived: Counted
  readonly killTab: string
  readonly reopenTab: string
  readonly killed: string
  readonly killedWaiting: Counted
  readonly thisBrowser: string
  readonly consent: {
    readonly label: string
    readonly pending: string
    readonly granted: string
    readonly limited: string
    readonly denied: string
  }
  readonly heldBack: Counted
  readonly leftUnsaid: Counted
  readonly refused: Counted
  readonly visitors: string
  readonly live: string
  readonly reconnecting: string
  readonly nobody: string
  readonly program: string
  readonly unknownChannel: string
  readonly furthest: string
  readonly noStageYet: string
  readonly journey: string
  readonly stages: string
  readonly stageNames: Readonly<Record<JourneyStage, string>>
  readonly stageMeaning: Readonly<Record<JourneyStage, string>>
  readonly intro: string
  readonly introMore: string
  readonly programSeen: string
  readonly session: string
  readonly noStage: string
  readonly whyStage: string
  readonly whyNoStage: string
  readonly you: string
  readonly visitor: string
  readonly orders: Counted
  readonly needsScript: string
}

export const LIVE_WORDS: InLanguages<LiveWords> = {
  en: {
    title: 'Jejak: a shop and its journeys',
    subtitle: 'a shop and its journeys, live',
    skip: 'Skip to the journeys',
    totals: { visitors: 'visitors', events: 'events', orders: 'orders', value: 'revenue' },
    simulate: 'Simulate {count} visitors',
    simulating: 'Sixty days of visits are being sent to the collector …',
    simulated: '{count} events stored, each once. Now open the report, or see which model comes near the truth.',
    simulatedBefore: 'They were here before: all {count} events are stored already, none is counted twice.',
    failed: 'That did not work: is the demo still running in its terminal?',
    offlineFirst: 'The collector cannot be reached while you are offline. Go online first.',
    truth: 'Models against truth',
    report: 'Open report',
    language: 'Language',
    show: 'Show',
    shop: 'Shop',
    journeys: 'Journeys',
    arriveBy: 'Arrive by',
    arrivals: {
      instagram: 'Instagram ad',
      google: 'Google Ads',
      newsletter: 'Newsletter',
      assistant: 'AI assistant',
      typed: 'Address typed',
    },
    typedAgain:
      'An address typed during a visit is no new contact: the visit goes on. As a new visitor it is one, called Direct.',
    newVisitor: 'New visitor',
    awaited: 'A new visitor, whom nobody knows yet. How do they come to the shop? Choose above.',
    pageShown: 'Page shown:',
    notInShop: 'not in the shop yet',
    hint: 'Each step you take here appears under Journeys.',
    theShop: 'The shop',
    goOffline: 'Go offline',
    goOnline: 'Go online',
    offline: 'Offline: every connection to the collector is cut.',
    waiting: {
      one: '{count} event waits in this browser.',
      other: '{count} events wait in this browser.',
    },
    nothingWaits: 'Nothing waits to be sent.',
    backOnline: 'Online again: what waited is on its way …',
    arrived: {
      one: 'The event that waited has arrived: not lost, and stored once.',
      other: 'All {count} events that waited have arrived: none lost, none stored twice.',
    },
    killTab: 'Kill this tab',
    reopenTab: 'Open the shop again',
    killed: 'The tab is gone, in the middle of whatever it did.',
    killedWaiting: {
      one: '{count} event was not sent yet. It waits in this browser for the next page of the shop.',
      other: '{count} events were not sent yet. They wait in this browser for the next page of the shop.',
    },
    thisBrowser: 'What this browser keeps',
    consent: {
      label: 'Consent',
      pending: 'not answered',
      granted: 'accepted',
      limited: 'without advertising',
      denied: 'only necessary',
    },
    heldBack: {
      one: '{count} event is held in memory only: it goes nowhere before the visitor accepts.',
      other: '{count} events are held in memory only: they go nowhere before the visitor accepts.',
    },
    leftUnsaid: {
      one: '{count} earlier event was forgotten with its page: it was never allowed out of memory.',
      other: '{count} earlier events were forgotten with their pages: they were never allowed out of memory.',
    },
    refused: {
      one: '{count} event was not recorded, as the visitor wished.',
      other: '{count} events were not recorded, as the visitor wished.',
    },
    visitors: 'Visitors',
    live: 'live',
    reconnecting: 'reconnecting',
    nobody: 'Nobody yet.',
    program: 'a program',
    unknownChannel: 'unknown channel',
    furthest: 'furthest stage: {stage}',
    noStageYet: 'no stage yet',
    journey: 'Journey',
    stages: 'Stages',
    stageNames: {
      awareness: 'awareness',
      consideration: 'consideration',
      decision: 'decision',
      purchase: 'purchase',
      usage: 'usage',
      retention: 'retention',
      advocacy: 'advocacy',
    },
    stageMeaning: {
      awareness: 'gets to know the shop',
      consideration: 'looks at what there is and compares',
      decision: 'chooses something to buy',
      purchase: 'has bought',
      usage: 'waits for it and uses it',
      retention: 'stays in touch, or buys again',
      advocacy: 'tells others',
    },
    intro:
      'Answer the shop’s question about privacy and walk through it: each step appears here with the stage it belongs to.',
    introMore:
      'Above the shop you choose how a visitor comes to it. Five hundred simulated visitors give the report something to tell, and it is known what really made them buy.',
    programSeen: 'The user agent is that of a program, so the attribution leaves this visitor out.',
    session: 'Session {number}',
    noStage: 'no stage',
    whyStage: 'Why this stage: {reason}.',
    whyNoStage: 'Why no stage: {reason}.',
    you: 'You',
    visitor: 'Visitor {name}',
    orders: { one: '{count} order, {value}', other: '{count} orders, {value}' },
    needsScript: 'This page follows the shop live and needs JavaScript for it.',
  },
  id: {
    title: 'Jejak: sebuah toko dan perjalanan pelanggannya',
    subtitle: 'toko dan perjalanan pelanggannya, langsung',
    skip: 'Langsung ke perjalanan',
    totals: { visitors: 'pengunjung', events: 'peristiwa', orders: 'pesanan', value: 'pendapatan' },
    simulate: 'Simulasikan {count} pengunjung',
    simulating: 'Kunjungan selama enam puluh hari sedang dikirim ke kolektor …',
    simulated:
      '{count} peristiwa tersimpan, masing-masing sekali. Sekarang buka laporan, atau lihat model mana yang mendekati kebenaran.',
    simulatedBefore:
      'Mereka sudah pernah datang: semua {count} peristiwa sudah tersimpan, tidak ada yang dihitung dua kali.',
    failed: 'Tidak berhasil: apakah demo masih berjalan di terminalnya?',
    offlineFirst: 'Kolektor tidak bisa dihubungi selama luring. Sambungkan dulu.',
    truth: 'Model dan kebenaran',
    report: 'Buka laporan',
    language: 'Bahasa',
    show: 'Tampilkan',
    shop: 'Toko',
    journeys: 'Perjalanan',
    arriveBy: 'Datang lewat',
    arrivals: {
      instagram: 'Iklan Instagram',
      google: 'Google Ads',
      newsletter: 'Buletin',
      assistant: 'Asisten AI',
      typed: 'Ketik alamat',
    },
    typedAgain:
      'Alamat yang diketik di tengah kunjungan bukan kontak baru: kunjungannya berlanjut. Sebagai pengunjung baru itu kontak, namanya Direct.',
    newVisitor: 'Pengunjung baru',
    awaited: 'Pengunjung baru, belum dikenal siapa pun. Lewat mana ia datang ke toko? Pilih di atas.',
    pageShown: 'Halaman:',
    notInShop: 'belum di toko',
    hint: 'Setiap langkah Anda di sini muncul di Perjalanan.',
    theShop: 'Toko',
    goOffline: 'Putuskan jaringan',
    goOnline: 'Sambungkan lagi',
    offline: 'Luring: setiap sambungan ke kolektor diputus.',
    waiting: {
      one: '{count} peristiwa menunggu di peramban ini.',
      other: '{count} peristiwa menunggu di peramban ini.',
    },
    nothingWaits: 'Tidak ada yang menunggu untuk dikirim.',
    backOnline: 'Daring lagi: yang menunggu sedang dikirim …',
    arrived: {
      one: 'Peristiwa yang menunggu sudah sampai: tidak hilang, dan tersimpan sekali.',
      other:
        'Semua {count} peristiwa yang menunggu sudah sampai: tidak ada yang hilang, tidak ada yang tersimpan dua kali.',
    },
    killTab: 'Matikan tab ini',
    reopenTab: 'Buka toko lagi',
    killed: 'Tab sudah hilang, di tengah apa pun yang sedang dilakukannya.',
    killedWaiting: {
      one: '{count} peristiwa belum terkirim. Ia menunggu di peramban ini sampai toko dibuka lagi.',
      other: '{count} peristiwa belum terkirim. Semuanya menunggu di peramban ini sampai toko dibuka lagi.',
    },
    thisBrowser: 'Yang disimpan peramban ini',
    consent: {
      label: 'Persetujuan',
      pending: 'belum dijawab',
      granted: 'diterima',
      limited: 'tanpa iklan',
      denied: 'hanya yang perlu',
    },
    heldBack: {
      one: '{count} peristiwa ditahan di memori saja: tidak ke mana-mana sebelum pengunjung setuju.',
      other: '{count} peristiwa ditahan di memori saja: tidak ke mana-mana sebelum pengunjung setuju.',
    },
    leftUnsaid: {
      one: '{count} peristiwa sebelumnya terlupakan bersama halamannya: tidak pernah diizinkan keluar dari memori.',
      other: '{count} peristiwa sebelumnya terlupakan bersama halamannya: tidak pernah diizinkan keluar dari memori.',
    },
    refused: {
      one: '{count} peristiwa tidak dicatat, sesuai keinginan pengunjung.',
      other: '{count} peristiwa tidak dicatat, sesuai keinginan pengunjung.',
    },
    visitors: 'Pengunjung',
    live: 'langsung',
    reconnecting: 'menyambung lagi',
    nobody: 'Belum ada siapa-siapa.',
    program: 'sebuah program',
    unknownChannel: 'kanal tidak dikenal',
    furthest: 'tahap terjauh: {stage}',
    noStageYet: 'belum ada tahap',
    journey: 'Perjalanan',
    stages: 'Tahap',
    stageNames: {
      awareness: 'mengenal',
      consideration: 'menimbang',
      decision: 'memutuskan',
      purchase: 'membeli',
      usage: 'memakai',
      retention: 'kembali',
      advocacy: 'merekomendasi',
    },
    stageMeaning: {
      awareness: 'mulai mengenal toko',
      consideration: 'melihat-lihat dan membandingkan',
      decision: 'memilih yang akan dibeli',
      purchase: 'sudah membeli',
      usage: 'menunggu barang dan memakainya',
      retention: 'tetap berhubungan, atau membeli lagi',
      advocacy: 'bercerita kepada orang lain',
    },
    intro:
      'Jawab pertanyaan toko tentang privasi lalu jelajahi tokonya: setiap langkah muncul di sini bersama tahapnya.',
    introMore:
      'Di atas toko, pilih lewat mana pengunjung datang. Lima ratus pengunjung simulasi memberi bahan untuk laporan, dan diketahui apa yang sebenarnya membuat mereka membeli.',
    programSeen: 'User agent-nya milik sebuah program, jadi atribusi tidak menghitung pengunjung ini.',
    session: 'Sesi {number}',
    noStage: 'tanpa tahap',
    whyStage: 'Mengapa tahap ini: {reason}.',
    whyNoStage: 'Mengapa tanpa tahap: {reason}.',
    you: 'Anda',
    visitor: 'Pengunjung {name}',
    orders: { one: '{count} pesanan, {value}', other: '{count} pesanan, {value}' },
    needsScript: 'Halaman ini mengikuti toko secara langsung dan memerlukan JavaScript.',
  },
}
