package io.dgen.internal.engine.node;

import io.dgen.internal.engine.activation.Activations;
import io.dgen.internal.engine.cluster.HostedServers;
import io.dgen.internal.engine.cluster.Ownership;

/** What a node knows of entities without asking the store. */
record NodeStatus(HostedServers servers, Ownership ownership, Activations activations) {}
