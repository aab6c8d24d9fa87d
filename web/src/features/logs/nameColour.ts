const COLOURS = 8

/** A container's colour in merged logs. It depends on the name only, so that it is always the same. */
export function colourIndex(key: string): number {
  let hash = 7
  for (let i = 0; i < key.length; i++) hash = (hash * 31 + key.charCodeAt(i)) | 0
  return Math.abs(hash) % COLOURS
}
