package io.dockrelay.protocol.wire;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * The body of an error answer over REST.
 *
 * @param error a sentence
 * @param kind a refusal that its status alone does not say; null for any other error
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ErrorBody(String error, String kind) {}
