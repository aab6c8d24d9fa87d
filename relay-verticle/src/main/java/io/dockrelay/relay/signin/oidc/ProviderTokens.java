package io.dockrelay.relay.signin.oidc;

/**
 * What the provider gave for a session. Each is a secret. Immutable.
 *
 * @param refresh null if the provider gives none
 * @param access null where it is not needed
 * @param identity for the sign-out at the provider; null if it is too long to keep
 */
record ProviderTokens(String refresh, String access, String identity) {

    private static final int LONGEST_HINT = 6000;

    /** What a session keeps: it is confirmed by the refresh token, or by the access token where there is none. */
    static ProviderTokens kept(String refresh, String access, String identity) {
        boolean isHint = identity != null && identity.length() <= LONGEST_HINT;
        return new ProviderTokens(refresh, refresh == null ? access : null, isHint ? identity : null);
    }

    @Override
    public String toString() {
        return "ProviderTokens[]";
    }
}
