package org.alsfhir.hapi;

import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.interceptor.api.Pointcut;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.common.hapi.validation.validator.WorkerContextValidationSupportAdapter;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Two corrections, so that {@code $validate} knows what was written and calls valid what is. */
@Configuration
class Validation {

  private static final Set<String> LOOKED_UP_BY_THE_VALIDATOR =
      Set.of("StructureDefinition", "CodeSystem", "ValueSet", "ConceptMap");

  /**
   * HAPI remembers for ten minutes what it did not find. It forgets this when a StructureDefinition
   * is updated, but not when one is created by POST, nor for a CodeSystem.
   */
  @Autowired
  void forgetAtWrites(IInterceptorService interceptors, IValidationSupport validation) {
    for (Pointcut written :
        List.of(
            Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED,
            Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED,
            Pointcut.STORAGE_PRECOMMIT_RESOURCE_DELETED)) {
      interceptors.registerAnonymousInterceptor(
          written,
          (pointcut, parameters) -> {
            if (LOOKED_UP_BY_THE_VALIDATOR.contains(
                parameters.get(IBaseResource.class).fhirType())) {
              afterCommit(validation::invalidateCaches);
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

  @Bean
  static BeanPostProcessor versionWithoutPatch() {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessBeforeInitialization(Object bean, String name) {
        return bean.getClass() == WorkerContextValidationSupportAdapter.class
            ? new WorkerContext()
            : bean;
      }
    };
  }

  /**
   * Says 4.0 instead of 4.0.1. Asked whether the context of an extension exists, the validator
   * compares with "4.0", finds "4.0.1" to be another version and wants to download that one's
   * definitions; without internet it then calls every such StructureDefinition an error.
   */
  private static class WorkerContext extends WorkerContextValidationSupportAdapter {
    @Override
    public String getVersion() {
      String version = super.getVersion();
      return version.substring(0, version.lastIndexOf('.'));
    }
  }
}
