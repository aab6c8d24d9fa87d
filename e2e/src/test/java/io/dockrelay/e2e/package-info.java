/**
 * Tests of the whole program: started as processes with a real engine, and used through its wire protocol, its REST
 * interfaces and a browser. Also the architecture's rules, and the bench and the oracle in their own packages.
 */
package io.dockrelay.e2e;
