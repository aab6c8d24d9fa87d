/** Starts the program as people start it, and talks to it as its clients do. Nothing here knows the program's classes. */
package io.dockrelay.e2e.harness;
