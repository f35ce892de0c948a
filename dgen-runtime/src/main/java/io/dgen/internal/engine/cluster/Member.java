package io.dgen.internal.engine.cluster;

import io.dgen.internal.engine.format.HostedIds;
import io.dgen.internal.engine.format.NodeId;
import java.util.Map;

/**
 * A node that is alive.
 *
 * @param servers what it hosts, by server name
 */
record Member(NodeId id, Map<String, HostedIds> servers) {}
