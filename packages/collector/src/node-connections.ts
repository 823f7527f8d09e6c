import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Sees that a server has at most so many connections. When another comes, the one closes that has kept the server
 * waiting longest: by sending nothing, or by not coming to the end of its request. A client that sends at once what it
 * has to send is served, however many hold on to a connection.
 */
export function limitConnections(server: Server, most: number): void {
  const all = new Set<Socket>()
  // Who waits for an answer is not among them. The longest in it comes first.
  const keepUsWaiting = new Set<Socket>()

  server.on('connection', (socket: Socket) => {
    all.add(socket)
    socket.once('close', () => {
      all.delete(socket)
      keepUsWaiting.delete(socket)
    })
    if (all.size > most) (first(keepUsWaiting) ?? socket).destroy()
    if (!socket.destroyed) keepUsWaiting.add(socket)
  })

  server.on('request', (incoming, outgoing) => {
    const { socket } = incoming
    const isOpen = () => all.has(socket) && !socket.destroyed
    keepUsWaiting.delete(socket)
    if (!incoming.complete && isOpen()) keepUsWaiting.add(socket)
    incoming.once('end', () => !outgoing.writableEnded && keepUsWaiting.delete(socket))
    outgoing.once('finish', () => isOpen() && keepUsWaiting.add(socket))
  })
}

function first(sockets: ReadonlySet<Socket>): Socket | undefined {
  for (const socket of sockets) return socket
  return undefined
}
