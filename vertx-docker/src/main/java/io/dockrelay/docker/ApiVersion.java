package io.dockrelay.docker;

/**
 * A version of the Docker Engine API such as {@code 1.41}. Ordered as the engine orders them: 1.9 is older than 1.41.
 *
 * @param major the number before the dot
 * @param minor the number after it
 */
public record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {

    /**
     * Parses the engine's {@code ApiVersion} or {@code MinAPIVersion}.
     *
     * @throws IllegalArgumentException when the text is not two numbers with a dot between them
     */
    public static ApiVersion parse(String text) {
        String[] parts = text.strip().split("\\.", -1);
        try {
            if (parts.length == 2) {
                return new ApiVersion(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
            }
        } catch (NumberFormatException notNumbers) {
            // Falls through to the exception below, which carries the text.
        }
        throw new IllegalArgumentException("Not a Docker API version: \"" + text + "\" (expected something like 1.41)");
    }

    @Override
    public int compareTo(ApiVersion other) {
        return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
    }

    /** As the engine writes it: {@code 1.41}. */
    @Override
    public String toString() {
        return major + "." + minor;
    }
}
