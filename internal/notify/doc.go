// Package notify carries word out of the program: letters by mail, events for calendars (ICS), calls to other systems (webhooks).
//
// It decides nothing. Somebody hands it a finished value (Mail, Event, Delivery) and gets bytes, or a delivery that succeeded or a Fault that says
// whether trying again can help. What is due, to whom, and whether it was sent before is kept by the queue in the store, so that nothing is lost
// when a server is down for a day and nothing is sent twice after a restart. Each value has a Key that is made of what it is about ("reminder of
// this matter, three days before this day"); the same key gives the same Message-ID and the same Haicap-Key, so that what was sent twice all the
// same, because a connection broke at the wrong moment, is seen to be one thing.
//
// Connections are dialled by whoever is given (package outgoing guards them). Texts and addresses stand in no Fault: a Fault is kept with its
// job and read by whoever keeps the machine.
package notify
