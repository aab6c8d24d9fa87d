/** The texts of signing in. */
export const signInMessages = {
  signIn: 'Sign in',
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
  roles: (roles: readonly string[]) =>
    roles.length === 0 ? 'No role' : `${roles.length === 1 ? 'Role' : 'Roles'}: ${roles.join(', ')}`,
  rolesNote: 'Set in the users file of the relay.',
  rights: (everywhere: readonly string[] | undefined) =>
    everywhere === undefined
      ? 'Rights: everything'
      : everywhere.length === 0
        ? 'Rights: on certain containers'
        : `Rights everywhere: ${everywhere.join(', ')}`,
  rightsNote: 'From your roles, and the grants file of the relay. More may be granted on certain containers.',
  noRights: 'Your rights have ended',
  noRightsNote:
    'You may see nothing here any more. What is granted to you later is there after you load the page again.',
  reload: 'Load the page again',
  signOut: 'Sign out',
  signOutEverywhere: 'Sign out everywhere',
}
