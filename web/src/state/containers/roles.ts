/** The permissions, in the order in which they are shown. */
export const PERMISSIONS = ['view', 'stats', 'inspect', 'logs', 'control', 'audit', 'admin'] as const

/** The roles that every relay has, smallest first. */
export const ROLES: readonly { name: string; permissions: readonly string[] }[] = [
  { name: 'viewer', permissions: ['view', 'stats'] },
  { name: 'reader', permissions: ['view', 'stats', 'inspect', 'logs'] },
  { name: 'operator', permissions: ['view', 'stats', 'inspect', 'logs', 'control'] },
  { name: 'admin', permissions: PERMISSIONS },
]

/** The usual name of a role that gives nothing. */
const NO_ROLE = 'none'

/**
 * The roles of a user that can hold: grants for a user replace the roles, and then these give nothing.
 *
 * @param everywhere what the user may do everywhere; undefined for everything
 */
export function rolesInForce(
  roles: readonly string[],
  everywhere: readonly string[] | undefined,
): readonly string[] {
  return roles.filter((role) => {
    if (role === NO_ROLE) return false
    if (everywhere === undefined) return true
    const known = ROLES.find(({ name }) => name === role)
    return known
      ? known.permissions.every((permission) => everywhere.includes(permission))
      : everywhere.length > 0
  })
}
