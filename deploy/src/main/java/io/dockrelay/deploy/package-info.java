/** The program: command line, roles, order of start and stop, exit codes. No other module depends on this one. */
package io.dockrelay.deploy;
