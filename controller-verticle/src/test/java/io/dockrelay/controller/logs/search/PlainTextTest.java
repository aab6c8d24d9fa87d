package io.dockrelay.controller.logs.search;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The rules of the dashboard's {@code plainText.ts}. */
class PlainTextTest {

    /** In the inputs, {@code ^} is the escape character, {@code ~} a carriage return, {@code !} a bell. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "plain text# plain text",
                "^[31mred^[0m# red",
                "^[38;2;1;2;3mred# red",
                "a^]0,title!b# ab",
                "a^]0,title^\\b# ab",
                "a^]0,title without end# a",
                "a^Pdevice^\\b# ab",
                "a^(Bb# ab",
                "cut^[31# cut",
                "cut^# cut",
                "^[31\u00e9x# 31\u00e9x",
                "10%~20%~30%# 30%",
                "10%~20%~# 20%",
                "~~# ''",
                "a!b# a\u2407b",
                "caf\u00e9 \u201cquoted\u201d# caf\u00e9 \u201cquoted\u201d",
                "a\u202eb# a\ufffdb",
                "a\u0085b# a\ufffdb",
                "a\u009b31mb# ab"
            })
    void readerSeesTheText(String line, String visible) {
        String raw = line.replace('^', '\u001b').replace('~', '\r').replace('!', '\u0007');

        assertThat(VisibleText.of(raw)).isEqualTo(visible);
    }

    @Test
    void lineWithoutControlCharactersIsUsedWhereItLies() {
        byte[] bytes = "\tplain".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        var plain = new PlainText();

        plain.set(bytes, 1, 4);

        assertThat(plain.bytes).isSameAs(bytes);
        assertThat(plain.from).isEqualTo(1);
        assertThat(plain.to).isEqualTo(4);
    }
}
