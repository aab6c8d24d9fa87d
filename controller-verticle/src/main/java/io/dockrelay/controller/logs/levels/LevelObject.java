package io.dockrelay.controller.logs.levels;

/** An object of a JSON line whose fields may say its level: the line itself, ECS's {@code log}, loguru's {@code record.level}. */
enum LevelObject {
    OUTSIDE,
    LINE,
    LOG,
    RECORD,
    RECORD_LEVEL;

    /** The one that this is in. */
    LevelObject outer() {
        return switch (this) {
            case OUTSIDE, LINE -> OUTSIDE;
            case LOG, RECORD -> LINE;
            case RECORD_LEVEL -> RECORD;
        };
    }
}
