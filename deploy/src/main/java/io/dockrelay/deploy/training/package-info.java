/**
 * The training run for the AOT cache: the program in all its roles, with a scripted engine and a client. Only
 * {@code deploy/train} starts it; nothing else refers to this package.
 */
package io.dockrelay.deploy.training;
