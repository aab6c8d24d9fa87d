import type { ApiToken } from '../../connection/tokens'

/** The name by which the reader knows a token: those of other makers may have the same one. */
export function shownName({ own, maker, name }: Pick<ApiToken, 'own' | 'maker' | 'name'>): string {
  return own ? name : `${maker ?? ''}/${name}`
}
