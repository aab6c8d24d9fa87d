/** The OpenAPI files: compared with real answers, and read by a fuzzer that attacks the real program. */
package io.dockrelay.e2e.openapi;
