/**
 * Both ends of a tail: how the lines of one container's log travel over the event bus from the verticle that reads the
 * log to the verticle that uses it. In: a request to open a tail. Out: numbered batches with lines and marks, as fast as
 * the receiver takes them.
 *
 * <h2>The contract</h2>
 *
 * <ol>
 *   <li>The receiver chooses a subscription id, listens at {@code lines(id)}, and then asks the controller to open the
 *       tail: no batch can be lost at the start.
 *   <li>The sender asks the receiver to take one batch at a time; the next batch follows the answer. A batch is a
 *       question with an answer and never published, because the event bus has no back-pressure.
 *   <li><b>The receiver answers every batch within five seconds.</b> A receiver that cannot take more holds the answer
 *       for up to four seconds and then answers WAIT.
 *   <li>CONTINUE: the sender sends the next batch when it has one. WAIT: the sender asks again 500 ms later, with a
 *       batch that has no lines. JUMP: the sender skips to the present and reports a gap. CLOSE: the tail ends.
 *   <li>An answer that does not arrive in 15 seconds was lost, or the receiver is gone. The sender asks again with a
 *       batch without lines, up to three times in a row; after the fourth missing answer the receiver counts as gone and
 *       the tail ends. If no verticle listens at the address, it ends at once.
 *   <li>Batches are numbered from 0. A number that is not the expected one means that a batch was lost between two nodes
 *       of a cluster: the receiver closes the tail, and may open another one after the last cursor that it has.
 *   <li>The receiver closes a tail with {@code closeTail}. If that message is lost, the sender ends with the first batch
 *       that has no listener.
 * </ol>
 *
 * <p>{@link io.dockrelay.protocol.bus.tail.TailReceiver} is all that a verticle needs to read a log.
 * {@link io.dockrelay.protocol.bus.tail.TailSender} is the other end, used by the controller's tailer and by a relay's
 * uplink, which answers for a remote controller.
 */
package io.dockrelay.protocol.bus.tail;
