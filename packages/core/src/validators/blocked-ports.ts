/**
 * Ports to which no webhook is sent, so that endpoints cannot be used to speak to other services or to scan them. First
 * those that browsers refuse (the "bad ports" of the Fetch standard), then databases, queues and control planes.
 */
const blockedPorts: ReadonlySet<number> = new Set([
  // Fetch standard, https://fetch.spec.whatwg.org/#port-blocking
  ...[0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109],
  ...[110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530],
  ...[531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190],
  ...[5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10_080],
  // Remote access and file sharing: Kerberos, RPC, SMB, rsync, NetBIOS, RDP, VNC, WinRM
  ...[88, 445, 593, 873, 138, 3389, 5900, 5901, 5985, 5986],
  // Databases: SQL Server, Oracle, MySQL, PostgreSQL and poolers, CouchDB, Cassandra, InfluxDB, Elasticsearch, MongoDB
  ...[1433, 1434, 1521, 3306, 33_060, 5432, 5433, 6432, 5984, 9042, 9160, 8086, 9200, 9300, 27_017, 27_018, 27_019],
  // Caches and queues: Redis and Sentinel, memcached, AMQP, MQTT, STOMP, NATS, Kafka, ZooKeeper, Pulsar
  ...[6379, 6380, 16_379, 26_379, 11_211, 5671, 5672, 15_672, 1883, 61_613, 4222, 6222, 8222, 9092, 2181, 6650],
  // Control planes: Docker, etcd, Kubernetes and kubelet, Consul, Vault, Erlang
  ...[2375, 2376, 2377, 2379, 2380, 6443, 10_250, 10_255, 10_256, 8300, 8301, 8500, 8200, 4369],
]);

/** Whether a port belongs to a protocol or a service that must not receive webhooks. */
export function isBlockedPort(port: number): boolean {
  return blockedPorts.has(port);
}
