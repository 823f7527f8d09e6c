/**
 * An address as one writes it (RFC 5952), or undefined if it is none. Brackets and an IPv6 zone are taken off; an
 * IPv4 address that came as IPv6 (`::ffff:192.0.2.7`, as sockets give it) is IPv4 again.
 */
export function normalIp(text: string): string | undefined {
  const bare = text
    .trim()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/%.*$/, '')
  const mapped = bare.replace(/^::ffff:(?=\d+\.)/i, '')
  if (isIpv4(mapped)) return mapped
  // The URL parser is the one IPv6 parser that every JavaScript runtime has.
  if (!/^[\da-f:.]{2,45}$/i.test(bare) || !URL.canParse(`http://[${bare}]`)) return undefined
  return new URL(`http://[${bare}]`).hostname.slice(1, -1)
}

/** An address of `normalIp` without what tells one subscriber from another: IPv4 to /24, IPv6 to /48. */
export function truncatedIp(ip: string): string {
  if (isIpv4(ip)) return ip.replace(/\d+$/, '0')
  const [before = '', after] = ip.split('::')
  const groups = before === '' ? [] : before.split(':')
  const rest = after ? after.split(':') : []
  const zeros = after === undefined ? 0 : 8 - groups.length - rest.length
  const network = [...groups, ...Array<string>(zeros).fill('0'), ...rest].slice(0, 3).join(':')
  return new URL(`http://[${network}::]`).hostname.slice(1, -1)
}

// The URL parser reads other spellings too (`1.2`, `01.2.3.4`), but it writes only this one.
function isIpv4(text: string): boolean {
  return /^[\d.]{7,15}$/.test(text) && URL.canParse(`http://${text}`) && new URL(`http://${text}`).hostname === text
}
