/** Certificates for tests, here and in other modules. */
package io.dockrelay.listener.testing;
