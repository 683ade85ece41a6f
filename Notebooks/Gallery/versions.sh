#!/bin/sh
# What the bytes of a picture depend on besides Fledge: fonts and libraries of the system.
dpkg-query -W -f '${Package} ${Version}\n' fonts-dejavu-core libcairo2 libfreetype6 libpng16-16 zlib1g
