/**
 * The level of a log line, by the place where its format puts it. In: the text of each line of a log, in the order of the
 * store. Out: its level. The dashboard has the same in TypeScript ({@code web/src/logs/text}); {@code golden/levels.tsv} and
 * {@code golden/traces.json} hold both to the same results, so change them together.
 *
 * <p>{@code LevelTracker} gives a line of a stack trace the level of the line that it belongs to ({@code StackTraces}).
 * {@code LevelOfLine} looks at a line alone. {@code JsonLevel} finds the level by the fields of JSON ({@code LevelFields}, in a
 * {@code LevelObject}, read by {@code JsonTokens}); {@code HeaderLevel} by a format that the beginning shows ({@code NamedFormats}), by the word
 * ({@code HeaderWords}) after times ({@code HeaderTimes}) and names ({@code HeaderFields}), or by pairs ({@code LogfmtLevel}).
 * The names and numbers of levels are in {@code LevelWords}. Nothing is allocated per line: {@code LineText} is a reused buffer,
 * and the matchers are kept.
 *
 * <p>Used by {@code logs.search}.
 */
package io.dockrelay.controller.logs.levels;
