/**
 * The controller for programs that are not on the bus: REST on one port, WebSockets on another. In: HTTP requests and
 * client messages. Out: answers, state and logs. Talks to the rest of the controller over the bus only; used by no
 * other package.
 *
 * <p>Which clients are admitted: {@code DoorCheck}. REST: {@code ControllerRoutes}, the answers {@code RestAnswers}. WebSocket: {@code ClientConnection} from the
 * handshake on, {@code StateMessages} for changes of the list, {@code ClientSession} for messages in and out, {@code ClientLog} for one followed log, {@code
 * ClientCredit} for its credit, {@code TailTurns} for the tails that a client has at a time. How many logs a client may
 * follow: the setting {@code maxSubscriptions}.
 */
package io.dockrelay.controller.server;
