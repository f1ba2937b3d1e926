package org.alsfhir.hapi;

import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.interceptor.api.Pointcut;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What is to be done when resources of some types were written. */
class Writes {

  private static final List<Pointcut> WRITTEN =
      List.of(
          Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED,
          Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED,
          Pointcut.STORAGE_PRECOMMIT_RESOURCE_DELETED);

  private Writes() {}

  /** Runs the action after each commit of such a resource. */
  static void afterEach(Set<String> types, IInterceptorService interceptors, Runnable action) {
    for (Pointcut written : WRITTEN) {
      interceptors.registerAnonymousInterceptor(
          written,
          (pointcut, parameters) -> {
            if (types.contains(parameters.get(IBaseResource.class).fhirType())) {
              afterCommit(action);
            }
          });
    }
  }

  /** Not earlier: another request would look up the old state and remember that. */
  private static void afterCommit(Runnable action) {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            action.run();
          }
        });
  }
}
