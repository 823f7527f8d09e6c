import { createMemorySink } from '@jejak/collector/sinks/memory'
import { testSink } from './sink-contract.ts'

testSink(async () => {
  const sink = createMemorySink()
  return { sink, read: async () => [...sink.events] }
})
