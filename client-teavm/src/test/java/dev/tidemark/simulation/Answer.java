package dev.tidemark.simulation;

/** What a server answers to a request. */
record Answer(int status, String body) {}
