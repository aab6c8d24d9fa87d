// Vert.x's own client of the event-bus bridge, for BridgeClientTest of the relay: node client.mjs URL CONTAINER
// Prints a line for each thing that it has got.
import EventBus from '@vertx/eventbus-bridge-client.js'

const [url, container] = process.argv.slice(2)
const bus = new EventBus(url)
const names = (message) => message.body.containers.map((one) => one.name).join(',')

bus.onerror = (error) => console.log(`error ${error.body ?? error.message}`)
bus.onclose = () => console.log('closed')
bus.onopen = () => {
  console.log('open')
  bus.send('dockrelay.containers', {}, (error, message) => {
    console.log(error ? `refused ${error.message}` : `list ${names(message)}`)
    bus.registerHandler('dockrelay.containers', (failure, changed) => {
      if (!failure) console.log(`${changed.body.type} ${names(changed)}`)
    })
  })
  bus.registerHandler(`dockrelay.logs.${container}`, { lines: '10' }, (failure, message) => {
    console.log(failure ? `log ${failure.failureCode}` : `log ${message.body.type}`)
  })
  bus.send('dockrelay.edge-1.control', { container, action: 'stop' }, (error) => {
    console.log(error ? `control ${error.message}` : 'control was answered')
  })
  bus.publish('dockrelay.actions', {})
}
// Until its parent closes the pipe.
process.stdin.resume().on('end', () => process.exit(0))
