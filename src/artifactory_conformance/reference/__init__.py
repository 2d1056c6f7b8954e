"""The reference model of Artifactory: a small service that answers as the collected facts say, and knows it is a model.

Nobody imports it: it is started as `python -m artifactory_conformance.reference` and spoken to over TCP.
"""
