/**
 * SHA-1 (RFC 3174) of some bytes, as 20 bytes. It names things here and protects nothing. A page needs it within one
 * call and on plain http too, where `crypto.subtle` is not to be had.
 */
export function sha1(message: readonly number[]): number[] {
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]
  const padded = [...message, 0x80]
  while (padded.length % 64 !== 56) padded.push(0)
  for (let shift = 56; shift >= 0; shift -= 8) padded.push(Math.floor((message.length * 8) / 2 ** shift) & 255)

  for (let block = 0; block < padded.length; block += 64) {
    const words: number[] = []
    let [a, b, c, d, e] = state as [number, number, number, number, number]
    for (let i = 0; i < 80; i++) {
      const at = block + i * 4
      words[i] =
        i < 16
          ? (padded[at]! << 24) | (padded[at + 1]! << 16) | (padded[at + 2]! << 8) | padded[at + 3]!
          : rotate(words[i - 3]! ^ words[i - 8]! ^ words[i - 14]! ^ words[i - 16]!, 1)
      const round = Math.floor(i / 20)
      const mixed = round === 0 ? (b & c) | (~b & d) : round === 2 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d
      const next = (rotate(a, 5) + mixed + e + ROUND_CONSTANTS[round]! + words[i]!) | 0
      ;[a, b, c, d, e] = [next, a, rotate(b, 30), c, d]
    }
    ;[a, b, c, d, e].forEach((value, index) => (state[index] = (state[index]! + value) | 0))
  }
  return state.flatMap(word => [24, 16, 8, 0].map(shift => (word >>> shift) & 255))
}

const ROUND_CONSTANTS = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6]

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by))
}
