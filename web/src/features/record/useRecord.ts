import { onBeforeUnmount, shallowRef, watch } from 'vue'
import { fetchJson } from '../../connection/http'
import { decodeRecord, type RecordPart } from '../../protocol/record'

const LIMIT = 100

/** What was loaded, newest first, and the last failure. */
export interface LoadedRecord {
  part: RecordPart | null
  /** Why the last attempt failed; null when it did not. */
  failure: string | null
  loading: boolean
}

/** The record with a filter: its newest entries, then older ones on request. A newer request replaces one in progress. */
export function useRecord(base: string, parameters: () => URLSearchParams) {
  const record = shallowRef<LoadedRecord>({ part: null, failure: null, loading: true })
  let latest = 0

  async function load(before: number | null): Promise<void> {
    const mine = ++latest
    const kept = before === null ? null : record.value.part
    record.value = { ...record.value, loading: true }
    try {
      const url = new URL('api/record', base)
      url.search = parameters().toString()
      url.searchParams.set('limit', String(LIMIT))
      if (before !== null) url.searchParams.set('before', String(before))
      const part = decodeRecord(await fetchJson(url))
      if (mine === latest) record.value = { part: joined(kept, part), failure: null, loading: false }
    } catch (failure) {
      if (mine !== latest) return
      const reason = failure instanceof Error ? failure.message : String(failure)
      record.value = { ...record.value, failure: reason, loading: false }
    }
  }

  const refresh = () => load(null)
  const older = () => load(record.value.part?.before ?? null)

  watch(() => parameters().toString(), refresh, { immediate: true })
  onBeforeUnmount(() => latest++)
  return { record, refresh, older }
}

function joined(kept: RecordPart | null, part: RecordPart): RecordPart {
  if (kept === null) return part
  return {
    ...part,
    entries: [...kept.entries, ...part.entries],
    unreadable: kept.unreadable + part.unreadable,
  }
}
