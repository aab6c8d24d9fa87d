/** The program as people start it: roles, order of start and stop, exit codes. Nothing depends on this module. */
package io.dockrelay.deploy;
