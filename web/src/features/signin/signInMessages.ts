import { printable } from '../../logs/text/plainText'
import type { Granted } from '../../state/containers/granted'

/** The texts of signing in. */
export const signInMessages = {
  signIn: 'Sign in',
  ended: 'Your session has ended: sign in again.',
  signingIn: 'Signing in…',
  name: 'Name',
  password: 'Password',
  repeat: 'Password once more',
  passwordNote: 'At least 12 characters.',
  different: 'The two passwords are not the same.',
  setUp: 'Create the first admin',
  settingUp: 'Creating…',
  setUpNote: 'This user may do everything. Further users are added with the user command of the relay.',
  noUserYet:
    'There is no user yet. Open the set-up link in the relay’s log; it is valid for ten minutes, and a restart makes another one. Or add a user with the command:',
  command: './run user add NAME --role admin',
  noToken: 'This address is incomplete. Open the whole set-up link from the relay’s log.',
  notNeeded: 'There is a user already: sign in.',
  toSignIn: 'To the sign-in',
  signedInAs: (name: string) => `Signed in as ${name}`,
  nameNote: 'The name by which the relay knows you.',
  roles: (roles: readonly string[]) => `${roles.length === 1 ? 'Role' : 'Roles'}: ${roles.join(', ')}`,
  rights: (everywhere: readonly string[] | undefined, granted: Granted) =>
    everywhere === undefined
      ? 'Rights: everything'
      : everywhere.length === 0
        ? grantedText(granted)
        : `Rights everywhere: ${everywhere.join(', ')}`,
  rightsNote: 'From your roles, and the grants file of the relay. More may be granted on certain containers.',
  noRights: 'Your rights have ended',
  noRightsNote:
    'You may see nothing here any more. What is granted to you later is there after you load the page again.',
  reload: 'Load the page again',
  groups: (groups: readonly string[]) => `${groups.length === 1 ? 'Group' : 'Groups'}: ${groups.join(', ')}`,
  rolesNote: {
    users: 'Set in the users file of the relay.',
    oidc: 'Set by the identity provider and the settings of the relay.',
    proxy: 'Set by the proxy in front of the relay and the settings of the relay.',
  },
  with: (provider: string) => `Sign in with ${provider}`,
  goingTo: (provider: string) => `Going to ${provider}…`,
  or: 'or',
  atTheProxy:
    'This relay is used through a proxy that signs in its users. Open it at the address of that proxy.',
  atTheProxyToo: 'Through the proxy of this relay no further sign-in is needed.',
  /** Why a sign-in at the provider did not succeed, by the code in the address. */
  failed: (code: string, provider: string): string | null =>
    ({
      login: `The sign-in with ${provider} began in another window or took too long. Try again.`,
      refused: `${provider} has not allowed the sign-in. Try again, or ask those who run ${provider}.`,
      away: `${provider} does not answer, so a new sign-in is not possible now. Try again later.`,
      'not-valid': `The answer of ${provider} cannot be used: the log of the relay has the reason.`,
      name: `Your name at ${provider} is that of another user of this relay. Ask those who run the relay.`,
    })[code] ?? null,
  signOut: 'Sign out',
  signOutEverywhere: 'Sign out everywhere',
}

/** "Rights: view, stats in project shop; on some also logs" */
function grantedText({ containers, common, more, projects }: Granted): string {
  if (containers === 0) return 'Rights: on no container that is there now'
  const also = more.length === 0 ? '' : `; on some also ${more.join(', ')}`
  return `Rights: ${common.join(', ')} ${placeText(containers, projects)}${also}`
}

function placeText(containers: number, projects: readonly string[]): string {
  if (projects.length === 0 || projects.length > 3)
    return `on ${containers} ${containers === 1 ? 'container' : 'containers'}`
  return `in ${projects.length === 1 ? 'project' : 'projects'} ${printable(projects.join(', '))}`
}
