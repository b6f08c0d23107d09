/** How a stateful part runs: one copy, or one in each zone. */
export function replicas(highlyAvailable: boolean, zones: number): Record<string, unknown> {
  if (!highlyAvailable) {
    return { replicas: 1 };
  }
  return { replicas: zones, podAntiAffinity: 'hard', podAntiAffinityTopologyKey: 'topology.kubernetes.io/zone' };
}

/** A volume for each replica; without it all is lost with the pod. */
export function volumeClaim(storageClass: string, gibibytes: number): Record<string, unknown> {
  return {
    volumeClaimTemplate: {
      spec: {
        storageClassName: storageClass,
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: `${gibibytes}Gi` } },
      },
    },
  };
}

/** What a container asks for and what it may not exceed; processors are never throttled. */
export function resources(cpu: string, memory: string, memoryLimit: string): Record<string, unknown> {
  return { requests: { cpu, memory }, limits: { memory: memoryLimit } };
}
