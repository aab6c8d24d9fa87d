const TONES = 8

/** A container's colour in merged logs: by its name, so that it is the same everywhere and always. */
export function colourIndex(key: string): number {
  let hash = 7
  for (let i = 0; i < key.length; i++) hash = (hash * 31 + key.charCodeAt(i)) | 0
  return Math.abs(hash) % TONES
}
