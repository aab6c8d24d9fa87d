package io.dockrelay.client;

/** What has become of a controller, for what is open there. */
enum ControllerNews {
    /** It is there, for the first time or again. */
    PRESENT,
    /** Its process was replaced by another one: what was open there is lost. */
    RESTARTED,
    /** It has missed its announcements: what was open there is lost. */
    SILENT,
    /** The relay's uplink has lost it, and keeps what is open until it is back. */
    UNLINKED,
    /** It has left for good: what was open there is lost. */
    LEFT
}
