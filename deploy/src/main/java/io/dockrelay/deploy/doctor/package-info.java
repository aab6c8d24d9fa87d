/**
 * {@code dockrelay doctor}: checks a dashboard's address from outside, as a browser would. In: a URL. Out: a line per check,
 * and for each usual mistake of a proxy what to change.
 *
 * <p>{@code DoctorCommand} reads the words and prints; {@code Examination} has the checks in their order, {@code Visitor} sends
 * what a browser sends ({@code PageAddress}, {@code PageFiles}), {@code Diagnosis} decides what an answer means, and {@code
 * Mistake} has the advice.
 */
package io.dockrelay.deploy.doctor;
