/** The controller: everything that lives beside one container engine. */
package io.dockrelay.controller;
