# Every target prints the commands it runs; README.md shows them for people without make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
THIRD := $(VENV)/third-parties
CLIENTS := $(VENV)/clients
PEERS := $(VENV)/peers
REGISTRY := $(VENV)/registry
# Byte code goes into the virtual environment, so that a run leaves nothing in the checkout but reports/.
export HYPOTHESIS_STORAGE_DIRECTORY := $(CURDIR)/reports/.hypothesis
export PYTHONPYCACHEPREFIX := $(CURDIR)/$(VENV)/pycache
# What is installed has its byte code beside it, though: sealed clients are told of no other place, and would compile
# themselves anew at every run.
LOCKED := PYTHONPYCACHEPREFIX= $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement

.PHONY: check test lint real third-parties clients peers containers containers-short nightly first-contact sweep prove runs switches faults kills kill-matrix together variations mutants causes diagnosis docs lock wheel clean

check: $(VENV)/check.stamp
	$(BIN)/python -m artifactory_conformance verify -n 2 $(ARGS)

test: $(VENV)/test.stamp | reports
	$(BIN)/python -m pytest tests --ignore tests/real --ignore tests/third_parties --ignore tests/containers/running -n 2 -W error --basetemp reports/tests $(ARGS)

lint: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

real: $(VENV)/test.stamp | reports
	$(BIN)/python -m pytest tests/real -W error --basetemp reports/real $(ARGS)

# In an environment of their own, so that a run of the suite does not find poetry there today and nowhere tomorrow.
third-parties: $(THIRD)/third-parties.stamp | reports
	$(THIRD)/bin/python -m pytest tests/third_parties --confcutdir tests/third_parties -W error --basetemp reports/third-parties $(ARGS)

# Every client of the guide's users that is published for Python, at its oldest and at its newest supported version, each
# set in an environment of its own: an ordinary run finds none of them.
clients: $(VENV)/test.stamp $(CLIENTS)/oldest/clients.stamp $(CLIENTS)/newest/clients.stamp
	$(BIN)/python -m tests.every_client $(ARGS)

# Other people's servers in front of the fake catalog, in environments of their own. Where nginx cannot be had, its peers
# say so by name.
peers: $(VENV)/test.stamp $(PEERS)/peers.stamp
	$(MAKE) --no-print-directory $(PEERS)/nginx/usr/sbin/nginx || true
	$(BIN)/python -m tests.peers $(ARGS)

# Needs a Docker engine with compose, and no registry: base and images are made here. Tests bring a registry of their own.
containers: $(VENV)/containers.stamp $(REGISTRY)/usr/bin/docker-registry | reports
	docker/build $(BASE)
	$(BIN)/python -m pytest tests/containers/running -W error -o timeout=3600 --basetemp reports/containers $(ARGS)

# A short form, after `make check`, whose report the run through compose is compared with.
# PARTS="suites/caching suites/protocol" runs those parts alone, beside the embedded target.
containers-short: $(VENV)/containers.stamp | reports
	docker/build --only catalog,stand-in $(BASE)
	CONTAINERS_CHECKED=reports CONTAINERS_PARTS="$(PARTS)" $(BIN)/python -m pytest tests/containers/running -m short -W error -o timeout=1800 --basetemp reports/containers $(ARGS)

# Versions of Artifactory that are new since the last night, in containers; docs/containers.md.
nightly: $(VENV)/containers.stamp
	$(BIN)/python -m artifactory_conformance nightly --history nightly-history $(ARGS)

# The suite at a real Artifactory (--target container with a licence, or --target instance), and where it differs from
# the model; docs/first-contact.md.
first-contact: $(VENV)/containers.stamp
	$(BIN)/python -m artifactory_conformance first-contact $(ARGS)

reports:
	mkdir -p reports

# What killed runs have left at the container engine.
sweep: $(VENV)/check.stamp
	$(BIN)/python -m artifactory_conformance sweep $(ARGS)

prove: runs kill-matrix together variations mutants diagnosis

runs: $(VENV)/test.stamp
	$(BIN)/python -m tests.proof --write docs/proved.md $(ARGS)

switches: $(VENV)/test.stamp
	$(BIN)/python -m tests.proof switches $(ARGS)

docs: $(VENV)/check.stamp
	$(BIN)/python -c "from artifactory_conformance.settings.documentation import as_markdown; print(as_markdown(), end='')" > docs/settings.md
	$(BIN)/python -m artifactory_conformance checks --clauses > docs/clauses.md
	$(BIN)/python -m artifactory_conformance checks --facts > docs/coverage.md
	$(BIN)/python -c "from artifactory_conformance.coverage.model_page import model_page; print(model_page(), end='')" > docs/model.md

# After `make check`, whose report tells what is so without any fault.
faults: $(VENV)/test.stamp
	$(BIN)/python -m tests.matrix defect misconfiguration --again --plain reports --others 20 $(ARGS)

# Kills runs that change a model, and removes by their ledgers what they left. It goes on where it was ended.
kills: $(VENV)/test.stamp
	$(BIN)/python -m tests.kills $(ARGS)

# With the clients of `make clients` at hand, so that their checks meet faults as well.
kill-matrix: $(VENV)/test.stamp $(CLIENTS)/newest/clients.stamp
	PATH="$$PATH:$(abspath $(CLIENTS))/newest/bin" $(BIN)/python -m tests.matrix --write $(ARGS)

together: $(VENV)/test.stamp
	$(BIN)/python -m tests.matrix --together --write $(ARGS)

mutants: $(VENV)/test.stamp
	$(LOCKED) requirements/mutants.txt
	$(BIN)/python -m tests.mutants --write $(ARGS)

# What the diagnosis says of instances that were made wrong: a few, as CI asks. `make test` makes the answers to all that
# docs/diagnosis.json keeps anew.
causes: $(VENV)/test.stamp
	$(BIN)/python -m tests.diagnosis_matrix --sample 6 --pairs 2 $(ARGS)

# All of them, one mistake and two, from each standpoint.
diagnosis: $(VENV)/test.stamp
	$(BIN)/python -m tests.diagnosis_matrix --pairs all --write $(ARGS)

variations: $(VENV)/test.stamp
	$(BIN)/python -m tests.matrix variation --write $(ARGS)

wheel: $(VENV)/test.stamp
	$(BIN)/python -m build --no-isolation --wheel

# Compiled for the oldest supported Python, the lock serves all newer ones as well.
lock: $(VENV)/check.stamp
	cd requirements && for set in check services containers test real mutants third-parties clients-oldest clients-newest; do ../$(BIN)/uv pip compile --quiet --no-config --python-version 3.10 \
	    --generate-hashes --strip-extras --no-emit-index-url --output-file $$set.txt $$set.in; done
	# One of the peers needs Python 3.11.
	cd requirements && ../$(BIN)/uv pip compile --quiet --no-config --python-version 3.11 --generate-hashes --strip-extras \
	    --no-emit-index-url --output-file peers.txt peers.in

clean:
	rm -rf $(VENV) dist reports

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/check.stamp: requirements/check.txt pyproject.toml | $(BIN)/python
	$(LOCKED) requirements/check.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/test.stamp: requirements/test.txt $(VENV)/check.stamp
	$(LOCKED) requirements/test.txt
	touch $@

$(VENV)/containers.stamp: requirements/containers.txt $(VENV)/test.stamp
	$(LOCKED) requirements/containers.txt
	touch $@

$(THIRD)/third-parties.stamp: requirements/check.txt requirements/third-parties.txt pyproject.toml | $(BIN)/python
	$(PYTHON) -m venv $(THIRD)
	PYTHONPYCACHEPREFIX= $(THIRD)/bin/pip install --quiet --disable-pip-version-check --require-hashes \
	    --requirement requirements/check.txt --requirement requirements/third-parties.txt
	$(THIRD)/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

# The suite itself is installed there, too: the clients that it runs are those beside its interpreter. uv installs them,
# which fetches many files at a time.
$(CLIENTS)/%/clients.stamp: requirements/clients-%.txt pyproject.toml | $(VENV)/check.stamp
	$(PYTHON) -m venv --without-pip $(CLIENTS)/$*
	PYTHONPYCACHEPREFIX= $(BIN)/uv pip sync --quiet --python $(CLIENTS)/$*/bin/python --compile-bytecode --require-hashes \
	    requirements/clients-$*.txt
	$(CLIENTS)/$*/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@
$(PEERS)/peers.stamp: requirements/peers.txt | $(BIN)/python
	$(PYTHON) -m venv $(PEERS)
	PYTHONPYCACHEPREFIX= $(PEERS)/bin/pip install --quiet --disable-pip-version-check --require-hashes \
	    --requirement requirements/peers.txt
	touch $@

# Unpacked and not installed: nothing is started, and nothing lies outside the checkout.
$(PEERS)/nginx/usr/sbin/nginx: | $(PEERS)/peers.stamp
	mkdir -p $(PEERS)/nginx
	cd $(PEERS)/nginx && { apt-get download nginx || { apt-get update && apt-get download nginx; }; }
	cd $(PEERS)/nginx && dpkg-deb --extract nginx_*.deb . && rm nginx_*.deb

$(REGISTRY)/usr/bin/docker-registry: | $(VENV)/containers.stamp
	mkdir -p $(REGISTRY)
	cd $(REGISTRY) && { apt-get download docker-registry || { apt-get update && apt-get download docker-registry; }; }
	cd $(REGISTRY) && dpkg-deb --extract docker-registry_*.deb . && rm docker-registry_*.deb
