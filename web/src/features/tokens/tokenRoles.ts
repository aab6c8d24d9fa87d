import { ROLES } from '../../state/containers/roles'

/** Instead of a role: permissions that are chosen one by one. */
export const CUSTOM = 'custom'

const PREFERRED = ['reader', 'viewer']

/** The permissions of a role that the maker does not have. */
export function missing(role: string, own: readonly string[]): string[] {
  const needed = ROLES.find(({ name }) => name === role)?.permissions ?? []
  return needed.filter((permission) => !own.includes(permission))
}

/** The role that the form begins with: reader, as far as the maker has its rights. */
export function firstRole(own: readonly string[]): string {
  return PREFERRED.find((role) => missing(role, own).length === 0) ?? CUSTOM
}

/** The name of the role that has exactly these permissions, else their names. */
export function rightsText(permissions: readonly string[]): string {
  const role = ROLES.find(
    (known) =>
      known.permissions.length === permissions.length &&
      known.permissions.every((permission) => permissions.includes(permission)),
  )
  return role ? role.name : permissions.join(', ')
}

/** The names in a field: separated by commas. */
export function patternsOf(field: string): string[] {
  return field
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}
