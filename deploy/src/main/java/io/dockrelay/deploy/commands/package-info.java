/**
 * The commands of the program that end by themselves, one class each. In: the words after the command's name, and standard
 * input. Out: text, and an exit code. Used by {@code io.dockrelay.deploy.Main} only, which registers them.
 */
package io.dockrelay.deploy.commands;
